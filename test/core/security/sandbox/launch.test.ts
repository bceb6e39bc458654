import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Backend } from '#internal/core/security/sandbox/backends/backend.js';
import { followedPaths, type Confinement } from '#internal/core/security/sandbox/index.js';
import * as confined from '../../../support/confined.js';
import { temporaryFolder } from '../../../support/folder.js';

for (const name of ['bubblewrap', 'landlock'] as const) describe(`a process confined by ${name}`, function () {
  let backend: Backend;

  before(function () {
    const here = confined.backendHere(name);
    if (here === undefined) this.skip();
    else backend = here;
  });

  const runConfined = (source: string, given?: Partial<Confinement>): Promise<confined.ConfinedRun> => confined.runConfined(backend, source, given);
  const confinedResult = (expression: string, given?: Partial<Confinement>): Promise<unknown> => confined.confinedResult(backend, expression, given);

  it('runs, with its pipes, and says nothing of its own', async () => {
    expect(await runConfined('process.stdout.write("done"); process.exitCode = 7;')).to.deep.equal({ stdout: 'done', stderr: '', code: 7, signal: null });
  });

  it('says which signal ended it', async () => {
    const { code, signal } = await runConfined('process.abort();');
    expect([code, signal]).to.deep.equal([null, 'SIGABRT']);
  });

  it('sees what it may read, and what was found also through links', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real/text'), 'granted');
    symlinkSync('real', join(folder, 'link'));
    const reading = (place: string): string => `fs.readFileSync(${JSON.stringify(join(folder, place, 'text'))}, 'utf8')`;
    expect(await confinedResult(reading('real'), { read: [join(folder, 'real')], cwd: join(folder, 'real') })).to.equal('granted');
    expect(await confinedResult(reading('link'), { found: followedPaths([join(folder, 'link')]), cwd: join(folder, 'link') })).to.equal('granted');
  });

  it('sees and changes nothing through what became a link since it was granted or found', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'secret'));
    writeFileSync(join(folder, 'secret/text'), 'hidden');
    mkdirSync(join(folder, 'granted'));
    const paths = [join(folder, 'granted')];
    const found = followedPaths(paths);
    rmSync(join(folder, 'granted'), { recursive: true });
    symlinkSync('secret', join(folder, 'granted'));
    for (const given of [{ read: paths }, { write: paths }, { found }]) {
      for (const place of ['granted', 'secret']) {
        const file = JSON.stringify(join(folder, place, 'text'));
        expect(await confinedResult(`fs.readFileSync(${file}, 'utf8')`, given)).to.have.property('denied');
        expect(await confinedResult(`fs.writeFileSync(${file}, 'changed')`, given)).to.have.property('denied');
      }
    }
    expect(readFileSync(join(folder, 'secret/text'), 'utf8')).to.equal('hidden');
  });

  it('sees all of folders whose names begin alike, and of one in another', async () => {
    const folder = temporaryFolder();
    const read = ['app', 'app-data', 'app/inner'].map((name) => join(folder, name));
    for (const path of read) mkdirSync(path);
    expect(await confinedResult(`${JSON.stringify(read)}.map((path) => fs.readdirSync(path))`, { read })).to.deep.equal([['inner'], [], []]);
  });

  it('changes only what it may write', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'out'));
    const given = { read: [folder], write: [join(folder, 'out')] };
    const write = (name: string): string => `fs.writeFileSync(${JSON.stringify(join(folder, name))}, 'written')`;
    expect(await confinedResult(write('out/file'), given)).to.equal(null);
    expect(readFileSync(join(folder, 'out/file'), 'utf8')).to.equal('written');
    expect(await confinedResult(write('file'), given)).to.have.property('denied').that.is.oneOf(['EROFS', 'ERR_ACCESS_DENIED']);
    expect(existsSync(join(folder, 'file'))).to.equal(false);
  });

  for (const mode of [0o644, 0o664, 0o600]) it(`replaces files as a whole, and keeps their permissions ${mode.toString(8)}`, async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    const code = import.meta.resolve('#internal/core/platform/write-atomically.js');
    const given = { read: [dirname(fileURLToPath(code)), fileURLToPath(import.meta.resolve('@structum/core/package.json'))], write: [folder] };
    const replace = (content: string): Promise<unknown> =>
      confinedResult(`(await import(${JSON.stringify(code)})).writeAtomically(${JSON.stringify(file)}, ${JSON.stringify(content)}).then(() => 'replaced')`, given);
    expect(await replace('new')).to.equal('replaced');
    chmodSync(file, mode);
    expect(await replace('newer')).to.equal('replaced');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).to.deep.equal(['newer', mode]);
    expect(readdirSync(folder)).to.deep.equal(['file']);
  });

  it('has the environment that it was granted, and nothing that would change Node', async () => {
    const env = { GRANTED: 'yes', NODE_OPTIONS: '--allow-worker', NODE_EXTRA_CA_CERTS: '/none', LD_PRELOAD: '/none', PERL5OPT: '-d' };
    const seen = (await confinedResult('process.env', { env })) as Record<string, string>;
    expect(Object.keys(seen).filter((name) => name !== 'TZ').sort()).to.deep.equal(['GRANTED', 'HOME', 'PWD', 'TMPDIR']);
  });

  it('has a temporary folder of its own, which is gone afterwards', async () => {
    const [folder, ...files] = (await confinedResult(`[os.tmpdir(), fs.writeFileSync(os.tmpdir() + '/only-here', ''), ...fs.readdirSync(os.tmpdir())]`)) as string[];
    expect(files).to.include('only-here');
    expect(existsSync(join(String(folder), 'only-here'))).to.equal(false);
  });

  it('has one of its own also where it may read that of all, or everything', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'text'), 'granted');
    const attempt = `[fs.readFileSync(${JSON.stringify(join(folder, 'text'))}, 'utf8'), fs.writeFileSync(os.tmpdir() + '/own', '') ?? 'written']`;
    for (const read of ['/', dirname(folder), folder]) expect(await confinedResult(attempt, { read: [read] })).to.deep.equal(['granted', 'written']);
    for (const read of ['/', dirname(folder)]) expect(await confinedResult(`fs.writeFileSync(${JSON.stringify(join(folder, 'other'))}, '')`, { read: [read] })).to.have.property('denied');
  });

  it('starts in a folder that it may not read', async () => {
    const folder = temporaryFolder();
    expect(await confinedResult('process.cwd()', { cwd: folder })).to.equal(folder);
  });

  it('writes nothing to the folder that it starts in, wherever that lies, and to one below it only what it may', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'out'));
    expect(await confinedResult(`fs.writeFileSync('file', 'lost')`, { cwd: folder })).to.have.property('denied');
    expect(await confinedResult(`fs.readdirSync('.')`, { cwd: folder })).to.have.property('denied');
    expect(await confinedResult(`fs.mkdirSync('made')`, { cwd: folder, write: [join(folder, 'out')] })).to.have.property('denied');
    expect(await confinedResult(`fs.writeFileSync('out/file', 'written')`, { cwd: folder, write: [join(folder, 'out')] })).to.equal(null);
    expect(readFileSync(join(folder, 'out/file'), 'utf8')).to.equal('written');
  });

  it('computes as any other: threads, compression, WebAssembly', async () => {
    expect(await confinedResult(`[
      (await promisify(zlib.gzip)(Buffer.alloc(1e6))).length > 0,
      (await promisify(crypto.pbkdf2)('a', 'b', 10, 32, 'sha256')).length,
      new WebAssembly.Memory({ initial: 1 }).buffer.byteLength,
      (await fs.promises.readFile(process.argv[1], 'utf8')).length > 0,
    ]`)).to.deep.equal([true, 32, 65536, true]);
  });

  const denied: Readonly<Record<string, string>> = {
    'to read what it was not granted': `fs.readFileSync('/etc/shadow')`,
    'to connect': `await settled(net.connect(9, '127.0.0.1'), 'connect')`,
    'to listen': `await settled(net.createServer().listen(0, '127.0.0.1'), 'listening')`,
    'datagrams': `await settled(dgram.createSocket('udp4').bind(0), 'listening')`,
    'to resolve names': `await dns.lookup('example.com')`,
    'to fetch': `await fetch('http://127.0.0.1:9')`,
    'signals to its parent': `process.kill(process.ppid, 'SIGUSR1')`,
    'signals to its group': `process.kill(0, 0)`,
    'signals to everybody': `process.kill(-1, 0)`,
    'other programs': `execFileSync(process.execPath, ['--version'])`,
    'forks of itself': `fork(process.argv[1])`,
    'threads with other options': `await settled(new Worker('', { eval: true, env: { NODE_OPTIONS: '--allow-fs-read=*' } }), 'exit')`,
    'addons': `process.dlopen({ exports: {} }, '/none.node')`,
    'the inspector': `(await import('node:inspector')).open(0) ?? 'open'`,
  };
  for (const [what, attempt] of Object.entries(denied)) {
    it(`is denied ${what}`, async () => {
      expect(await confinedResult(attempt)).to.have.property('denied');
    });
  }

  const bombs: Readonly<Record<string, string>> = {
    'the heap': 'for (const all = []; ;) all.push(new Array(1e5).fill({}).map((_, index) => ({ index })));',
    'buffers': `for (const all = []; ;) all.push(Buffer.alloc(1e7, 1));`,
    'shared memory': `for (const all = []; ;) all.push(new Uint8Array(new SharedArrayBuffer(1e7)).fill(1));`,
    'WebAssembly': `for (const all = []; ;) all.push(new Uint8Array(new WebAssembly.Memory({ initial: 160 }).buffer).fill(1));`,
    'the heap, with its limit raised': `(await import('node:v8')).setFlagsFromString('--max-old-space-size=4096'); for (const all = []; ;) all.push(new Array(1e5).fill({}).map((_, index) => ({ index })));`,
  };
  for (const [what, bomb] of Object.entries(bombs)) {
    it(`is ended where it fills ${what}`, async () => {
      const { code, signal } = await runConfined(bomb, { limits: { memory: 128 * 1024 * 1024 } });
      expect(code === 1 || ['SIGABRT', 'SIGTRAP', 'SIGSEGV', 'SIGILL', 'SIGKILL'].includes(String(signal)), `${String(code)} ${String(signal)}`).to.equal(true);
    });
  }

  it('is ended when its processor time is over, also where it does not listen', async () => {
    const limits = { cpuTime: 1000 };
    expect(await runConfined('for (;;) ;', { limits })).to.have.property('signal', 'SIGXCPU');
    expect(await runConfined(`process.on('SIGXCPU', () => {}); for (;;) ;`, { limits })).to.have.property('signal', 'SIGKILL');
  });

  it('opens only so many files', async () => {
    const open = `(() => { const all = []; try { for (;;) all.push(fs.openSync(process.argv[1])); } catch (error) { return [error.code, all.length < 64]; } })()`;
    expect(await confinedResult(open, { limits: { openFiles: 64 } })).to.deep.equal(['EMFILE', true]);
  });

  it('has no descriptors but those of whoever starts it, and those of Node itself', async () => {
    const links = `Array.from({ length: 64 }, (_, index) => { try { return fs.fstatSync(index).isFile(); } catch { return false; } }).some(Boolean)`;
    expect(await confinedResult(links)).to.equal(false);
  });
});
