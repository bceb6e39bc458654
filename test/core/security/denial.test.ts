import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogued, StructumError, type ResolvedPermissions } from '@structum/core';
import { expect } from 'chai';
import { errorFrom } from '#internal/core/execution/wire/error-data.js';
import { denialOf, deniedFrom } from '#internal/core/security/index.js';
import { root, temporaryFolder, writeFiles } from '../../support/folder.js';

describe('what is denied to a plugin', () => {
  const NOTHING: ResolvedPermissions = { read: [], write: [], net: [], env: [], run: [], services: [] };
  function denied(error: unknown, granted: Partial<ResolvedPermissions> = {}, places = {}, asked = granted): ReturnType<typeof deniedFrom> {
    return deniedFrom(error, { plugin: 'notes', granted: { ...NOTHING, ...granted }, asked: { ...NOTHING, ...asked }, cwd: '/work', places });
  }

  const nodeError = (facts: object, message = 'failed'): Error => Object.assign(new Error(message), facts);
  const factsOf = (error: ReturnType<typeof deniedFrom>): unknown => error?.details && [error.details['permission'], error.details['wanted']];

  it('is an error that says what to declare, and who else has a say', () => {
    const error = denied(nodeError({ code: 'ERR_ACCESS_DENIED', permission: 'FileSystemRead', resource: '/work/a/b.txt' }), {}, { workspace: '/work' });
    expect(error).to.include({ code: 'PERMISSION_DENIED', exitCode: 3 });
    expect(error?.details).to.include({ plugin: 'notes', permission: 'read', wanted: '/work/a/b.txt' });
    expect(error?.message).to.contain('"notes"').and.contain('/work/a/b.txt');
    expect(error?.hint).to.contain('permissions: { read: ["$workspace/a/b.txt"] }').and.contain('security.plugins.notes.permissions.read').and.contain('argument or option');
    expect(catalogued('PERMISSION_DENIED', { plugin: 'a/b', permission: 'net', wanted: 'x.org:443' }).hint).to.contain('{ net: ["x.org:443"] }').and.contain('security.plugins."a/b".permissions.net');
    expect(catalogued('PERMISSION_DENIED', { plugin: 'a', permission: 'workers', wanted: '' }).hint).to.contain('No permission allows that');
  });

  it('is told by where paths lead from the folder that the command works in', () => {
    const relative = { code: 'EACCES', syscall: 'open', path: 'sub/x.txt' };
    const wanted = resolve('/work', 'sub/x.txt');
    const error = denied(nodeError(relative), {}, { workspace: resolve('/work') });
    expect(factsOf(error)).to.deep.equal(['read', wanted]);
    expect(error?.hint).to.contain('read: ["$workspace/sub/x.txt"]');
    expect(denied(nodeError(relative), { read: [resolve('/work/sub')] })).to.equal(undefined);
    expect(factsOf(denied(nodeError({ code: 'ERR_ACCESS_DENIED', permission: 'FileSystemWrite', resource: 'x' })))).to.deep.equal(['write', resolve('/work', 'x')]);
  });

  it('is told to be what the configuration takes away, where the description has it', () => {
    const error = denied(nodeError({ code: 'EACCES', syscall: 'open', path: resolve('/work/x') }), {}, { workspace: resolve('/work') }, { read: [resolve('/work')] });
    expect(error?.details).to.include({ remedy: 'configuration' });
    expect(error?.hint).to.contain('"$workspace/x"').and.contain('security.plugins.notes.permissions.read').and.not.contain('description');
    expect(catalogued('PERMISSION_DENIED', { plugin: 'a', permission: 'env', wanted: 'LD_PRELOAD', remedy: 'none' }).hint).to.contain('No permission allows that').and.not.contain('LD_PRELOAD');
  });

  it('is for the host to do, where it may be done and no process can do it itself', () => {
    const [git, server] = [nodeError({ code: 'ERR_ACCESS_DENIED', permission: 'ChildProcess', resource: 'git' }), nodeError({ code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'example.org' })];
    for (const [error, granted, through] of [[git, { run: ['git'] }, 'context.exec()'], [server, { net: ['*.org:443'] }, 'context.fetch()']] as const) {
      const allowed = denied(error, granted);
      expect(allowed?.details).to.include({ remedy: 'host', through });
      expect(allowed?.hint).to.contain(through).and.not.contain('permissions');
      expect(denied(error)?.hint).to.contain(through).and.contain('its description needs permissions');
      expect(denied(error, {}, {}, granted)?.details).to.include({ remedy: 'configuration', through });
    }
  });

  it('is for the host to do where a Node of old does not say which program', () => {
    const error = nodeError({ code: 'ERR_ACCESS_DENIED', permission: 'ChildProcess', resource: '' });
    expect(denied(error)?.message).to.equal('Plugin "notes" may not run programs.');
    expect(denied(error)?.hint).to.contain('permissions: { run: […] }');
    expect(denied(error, { run: ['git'] })?.details).to.include({ remedy: 'host', through: 'context.exec()' });
  });

  it('is allowed by nothing where the kernel makes it up', function () {
    if (process.platform === 'win32') this.skip();
    expect(denied(nodeError({ code: 'ERR_ACCESS_DENIED', permission: 'FileSystemRead', resource: '/proc/1/environ' }))?.details).to.include({ remedy: 'none' });
  });

  it('is told to be behind a link, where that leads out of what is granted', function () {
    if (process.platform === 'win32') this.skip();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'own'));
    symlinkSync('..', join(folder, 'own/up'));
    const error = denied(nodeError({ code: 'EACCES', syscall: 'open', path: join(folder, 'own/up/x') }), { read: [join(folder, 'own')] }, { workspace: folder });
    expect(error?.details).to.include({ permission: 'read', wanted: join(folder, 'own/up/x'), remedy: 'target' });
    expect(error?.hint).to.not.contain('own/up');
  });

  it('is for the host to do where what may be written is not there yet, and where its user may', () => {
    const folder = temporaryFolder();
    const wanted = join(folder, 'new.txt');
    for (const facts of [{ code: 'EROFS', syscall: 'open', path: wanted }, { code: 'EACCES', syscall: 'open', path: wanted }, { code: 'ERR_ACCESS_DENIED', permission: 'FileSystemWrite', resource: wanted }]) {
      expect(denied(nodeError(facts), { write: [wanted] })?.details, facts.code).to.include({ permission: 'write', wanted, remedy: 'host', through: 'context.replaceFile()' });
    }
    expect(denied(nodeError({ code: 'EROFS', syscall: 'mkdir', path: wanted }), { write: [wanted] })?.details).to.include({ remedy: 'folder' });
    expect(denied(nodeError({ code: 'EACCES', syscall: 'open', path: wanted }), { write: [folder] })).to.equal(undefined);
    expect(denied(nodeError({ code: 'EACCES', syscall: 'open', path: join(folder, 'none/new.txt') }), { write: [join(folder, 'none/new.txt')] })).to.equal(undefined);
  });

  it('is what a plugin may not see in the folders that it works in', () => {
    const folder = temporaryFolder();
    const missing = (name: string): Error => nodeError({ code: 'ENOENT', syscall: 'open', path: join(folder, name) });
    expect(factsOf(denied(missing('x'), { read: [join(folder, 'sub')] }, { workspace: folder }))).to.deep.equal(['read', join(folder, 'x')]);
    for (const error of [missing('sub/x'), missing('own/x'), nodeError({ code: 'ENOENT', syscall: 'open', path: join(temporaryFolder(), 'x') }), nodeError({ code: 'ENOENT', syscall: 'spawn git', path: 'git' })]) {
      expect(denied(error, { read: [join(folder, 'sub')], write: [join(folder, 'own')] }, { workspace: folder })).to.equal(undefined);
    }
  });

  describe('is recognised by what Node says', () => {
    /** What a program throws under the permissions of this Node, once for each line of it. */
    function thrownBy(lines: readonly string[]): readonly unknown[] {
      const folder = temporaryFolder();
      const wire = pathToFileURL(join(root, 'test/build/internal/core/execution/wire/error-data.js')).href;
      const attempts = lines.map((line) => `try { ${line} } catch (error) { found.push(errorData(error)); }`);
      writeFiles(folder, { 'program.mjs': `import { errorData } from '${wire}';\nimport fs from 'node:fs';\nimport { execFileSync } from 'node:child_process';\nimport { Worker } from 'node:worker_threads';\nconst found = [];\n${attempts.join('\n')}\nprocess.stdout.write(JSON.stringify(found));` });
      const flag = process.versions.node.startsWith('20.') ? '--experimental-permission' : '--permission';
      const reads = [folder, realpathSync(root)].map((path) => `--allow-fs-read=${join(path, '*')}`);
      const output = execFileSync(process.execPath, [flag, ...reads, '--no-addons', join(folder, 'program.mjs')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      return (JSON.parse(output) as readonly unknown[]).map((data) => errorFrom(data));
    }

    it('of files, programs, threads and native code, also when it was carried to another process', () => {
      const outside = join(temporaryFolder(), 'x.txt');
      const text = JSON.stringify(outside);
      const errors = thrownBy([
        `fs.readFileSync(${text});`, `fs.writeFileSync(${text}, '');`, `await fs.promises.readFile(${text});`, `execFileSync('ls');`, `new Worker('1', { eval: true });`, `process.dlopen({ exports: {} }, ${JSON.stringify(`${outside}.node`)});`,
        `throw new Error('It could not be read.', { cause: await fs.promises.readFile(${text}).catch((error) => error) });`,
      ]);
      expect(errors.map((error) => factsOf(denied(error))).map((facts) => (facts as string[])[0])).to.deep.equal(['read', 'write', 'read', 'run', 'workers', 'addons', 'read']);
      expect(factsOf(denied(errors[0]))).to.deep.equal(['read', outside]);
      expect(denied(errors[0])?.cause).to.equal(errors[0]);
    });
  });

  it('is recognised by what a system says that confines it', () => {
    const asked: readonly (readonly [object, unknown])[] = [
      [{ code: 'EROFS', syscall: 'open', path: '/work/x' }, ['write', '/work/x']],
      [{ code: 'EACCES', syscall: 'open', path: '/etc/x' }, ['read', '/etc/x']],
      [{ code: 'EACCES', syscall: 'mkdir', path: '/work/x' }, ['write', '/work/x']],
      [{ code: 'EPERM', syscall: 'rename', path: '/data/a', dest: '/work/a' }, ['write', '/work/a']],
      [{ code: 'EPERM', syscall: 'connect', address: '127.0.0.1', port: 80 }, ['net', '127.0.0.1:80']],
      [{ code: 'EPERM', syscall: 'connect', address: '::1', port: 80 }, ['net', '[::1]:80']],
      [{ code: 'EACCES', syscall: 'bind', address: '0.0.0.0', port: 80 }, ['net', '0.0.0.0:80']],
      [{ code: 'EPERM', syscall: 'spawn git', path: 'git' }, ['run', 'git']],
      [{ code: 'EPERM', syscall: 'kill' }, ['signals', '']],
      [{ code: 'EAI_AGAIN', syscall: 'getaddrinfo', hostname: 'example.org' }, ['net', 'example.org']],
      [{ code: 'ERR_ACCESS_DENIED', syscall: 'connect', address: '127.0.0.1', port: 80 }, ['net', '127.0.0.1:80']],
      [{ code: 'ERR_ACCESS_DENIED', syscall: 'getaddrinfo', hostname: 'example.org' }, ['net', 'example.org']],
    ];
    for (const [facts, denial] of asked) expect(factsOf(denied(nodeError(facts), { read: ['/work'], write: ['/data'] })), JSON.stringify(facts)).to.deep.equal(denial);
  });

  it('is found behind other errors of Node', () => {
    const refused = nodeError({ code: 'EPERM', syscall: 'connect', address: '127.0.0.1', port: 80 });
    expect(factsOf(denied(new TypeError('fetch failed', { cause: new AggregateError([refused]) })))).to.deep.equal(['net', '127.0.0.1:80']);
  });

  it('is nothing else that goes wrong', () => {
    const granted = { read: ['/work'], write: ['/data'] };
    for (const facts of [
      { code: 'ENOENT', syscall: 'open', path: '/etc/x' }, { code: 'EACCES', syscall: 'open', path: '/work/unreadable' }, { code: 'EACCES', syscall: 'open', path: '/data/unwritable' }, { code: 'ECONNREFUSED', syscall: 'connect' }, {},
    ]) expect(denied(nodeError(facts), granted), JSON.stringify(facts)).to.equal(undefined);
    const own = new StructumError({ code: 'NOTES_UNREADABLE', message: 'x', cause: nodeError({ code: 'ERR_ACCESS_DENIED', permission: 'FileSystemRead', resource: '/x' }) });
    for (const thrown of [own, 'text', undefined, null]) expect(denied(thrown)).to.equal(undefined);
  });

  it('can be told from an error of Structum\'s own', () => {
    expect(denialOf(catalogued('PERMISSION_DENIED', { plugin: 'a', permission: 'net', wanted: 'x:1' }))).to.deep.equal({ permission: 'net', wanted: 'x:1' });
    expect(denialOf(catalogued('SERVICE_NOT_GRANTED', { plugin: 'a', service: 'structum.config' }))).to.deep.equal({ permission: 'services', wanted: 'structum.config' });
    expect(denialOf(catalogued('PLUGIN_UNKNOWN', { plugin: 'a' }))).to.equal(undefined);
  });
});
