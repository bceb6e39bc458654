import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { definePlugin, defineCommand, Structum, type AuditRecord, type Permissions, type PluginClass, type RunOptions, type SandboxMode } from '@structum/core';
import { expect } from 'chai';
import { backendHere } from '../../support/confined.js';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** Not where temporary files usually are: confined processes have such a place of their own. */
const place = existsSync('/var/tmp') ? '/var/tmp' : undefined;

const LIBRARIAN: Permissions = { read: ['$workspace'], write: ['$workspace', '$data'], env: ['SEEN', 'TOLD_*'], run: ['*'], net: ['*.example.org:443'], services: ['structum.registry'] };

/** A plugin of the host that does a lot for whoever asks. */
const librarian = `
const { Command, defineCommand, definePlugin, Inject, RegistryService, Setting } = require('@structum/core');
const { readFileSync, writeFileSync } = require('node:fs');
const { resolve } = require('node:path');
class Books {
  constructor(registry) { this.registry = registry; }
  execute() { return this.registry.plugin('librarian').name; }
}
Inject(RegistryService)(Books, undefined, 0);
Command({ path: 'librarian books', description: 'Uses a service' })(Books);
class Shelves {
  shelf = 'top';
}
Setting({ description: 'Where books are', type: 'string' })(Shelves.prototype, 'shelf');
const file = { description: 'Which', type: 'string' };
const command = (path, given, execute) => defineCommand({ path: 'librarian ' + path, description: path, arguments: given, execute });
module.exports = definePlugin({
  name: 'librarian', description: 'Does a lot for others', module: __filename, permissions: ${JSON.stringify(LIBRARIAN)}, settings: Shelves,
  commands: [
    Books,
    command('reads', { file }, ({ file }, { cwd }) => readFileSync(resolve(cwd, file), 'utf8')),
    command('writes', { file }, ({ file }, { cwd }) => { writeFileSync(resolve(cwd, file), 'written'); return 'written'; }),
    command('fills', { file: { ...file, path: 'write' } }, async ({ file }, context) => {
      const to = await context.replaceFile(file);
      await to.write('filled');
      await to.commit();
    }),
    command('sees', {}, (_input, { env }) => env),
    command('runs', {}, async (_input, context) => (await context.exec('node', ['-p', '1'])).exitCode),
    command('asks', { url: { description: 'Whom', type: 'string' } }, async ({ url }, context) => (await context.fetch(url)).status),
    command('process', {}, () => process.pid),
    command('shelf', {}, (_input, { config }) => config.shelf),
  ],
});`;

/** A plugin whose command runs others, and may do so much itself. */
function asking(name: string, permissions: Permissions): string {
  return `
const { defineCommand, definePlugin } = require('@structum/core');
const named = { out: { description: 'A file', type: 'string', path: 'write', required: false } };
module.exports = definePlugin({
  name: '${name}', description: 'Has others do things', module: __filename, permissions: ${JSON.stringify(permissions)},
  commands: [defineCommand({
    path: '${name}', description: 'Runs a command',
    arguments: { command: { description: 'Which', type: 'string' }, input: { description: 'As JSON', type: 'string' }, ...named },
    execute: ({ command, input }, context) => context.run(command, JSON.parse(input)),
  })],
});`;
}

describe('what a command may do for the plugin that runs it', () => {
  const require = createRequire(import.meta.url);
  const hosts: Structum[] = [];
  let folder: string;
  let work: string;
  let audit: AuditRecord[];

  before(() => {
    folder = temporaryFolder(place);
    work = join(folder, 'work');
    linkCore(folder);
    writeFiles(work, { 'precious.txt': 'precious', 'open/free.txt': 'free' });
    mkdirSync(join(folder, 'data'));
  });

  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.dispose())));

  function plugin(name: string, source: string): PluginClass {
    const place = join(folder, 'node_modules', name);
    writeFiles(place, { 'package.json': { name, version: '1.0.0', main: './index.cjs' }, 'index.cjs': source });
    return require(join(place, 'index.cjs')) as PluginClass;
  }

  async function hostWith(permissions: Permissions, mode: SandboxMode = 'standard', more: readonly PluginClass[] = []): Promise<Structum> {
    audit = [];
    const name = `asker-${String(Math.random()).slice(2)}`;
    const host = await Structum.create({
      plugins: [plugin('librarian', librarian), plugin(name, asking('asker', permissions)), ...more],
      cwd: work, dataFolder: join(folder, 'data'), env: { SEEN: 'seen', TOLD_A: 'a', TOLD_B: 'b', HIDDEN: 'hidden' },
      audit: (record) => { audit.push(record); },
      config: { security: { sandbox_mode: mode }, plugin_policy: { executor: { asker: 'process' } }, plugins: { librarian: { shelf: 'low' } } },
    });
    hosts.push(host);
    return host;
  }

  const ask = (host: Structum, command: string, input: object = {}, more: object = {}, options?: RunOptions): Promise<unknown> => host.run<string>('asker' as never, { command, input: JSON.stringify(input), ...more } as never, options);

  it('is nothing that this one may not do, where that is confined', async () => {
    const host = await hostWith({});
    for (const command of ['reads', 'writes', 'fills'] as const) {
      const error = await failure('PERMISSION_DENIED', ask(host, `librarian ${command}`, { file: 'precious.txt' }));
      expect(error.details).to.include({ permission: command === 'reads' ? 'read' : 'write', wanted: join(work, 'precious.txt') });
    }
    expect((await failure('PERMISSION_DENIED', ask(host, 'librarian runs'))).details).to.include({ permission: 'run', wanted: 'node' });
    expect((await failure('PERMISSION_DENIED', ask(host, 'librarian asks', { url: 'https://api.example.org/' }))).details).to.include({ permission: 'net' });
    await failure('SERVICE_NOT_GRANTED', ask(host, 'librarian books'));
    expect(await ask(host, 'librarian sees')).to.deep.equal({});
    expect(readFileSync(join(work, 'precious.txt'), 'utf8')).to.equal('precious');
  });

  it('is what both may do', async () => {
    const host = await hostWith({ read: ['$workspace/open', '/etc'], write: ['$workspace/open'], env: ['TOLD_A', 'HIDDEN'], services: ['structum.registry'] });
    expect(await ask(host, 'librarian reads', { file: 'open/free.txt' })).to.equal('free');
    expect(await ask(host, 'librarian writes', { file: 'open/new.txt' })).to.equal('written');
    expect(await ask(host, 'librarian sees')).to.deep.equal({ TOLD_A: 'a' });
    expect(await ask(host, 'librarian shelf')).to.equal('low');
    expect(await ask(host, 'librarian books')).to.equal('librarian');
    await failure('PERMISSION_DENIED', ask(host, 'librarian reads', { file: 'precious.txt' }));
    await failure('PERMISSION_DENIED', ask(host, 'librarian reads', { file: '/etc/hostname' }));
    await failure('PERMISSION_DENIED', ask(host, 'librarian writes', { file: join(folder, 'data/librarian/x') }));
  });

  it('is also what the user named for the call of this one', async () => {
    const host = await hostWith({});
    await ask(host, 'librarian fills', { file: 'named.txt' }, { out: 'named.txt' });
    expect(readFileSync(join(work, 'named.txt'), 'utf8')).to.equal('filled');
    await failure('PERMISSION_DENIED', ask(host, 'librarian fills', { file: 'named.txt' }));
  });

  it('does not grow on the way through others', async () => {
    const host = await hostWith({}, 'standard', [plugin('between', asking('between', { read: ['$workspace'] }))]);
    await failure('PERMISSION_DENIED', ask(host, 'between', { command: 'librarian reads', input: '{"file":"precious.txt"}' }));
  });

  it('stays what it is for the user, and for others', async () => {
    const host = await hostWith({});
    const read = (): Promise<unknown> => host.run<string>('librarian reads' as never, { file: 'precious.txt' } as never);
    expect(await read()).to.equal('precious');
    await failure('SERVICE_NOT_GRANTED', ask(host, 'librarian books'));
    await failure('PERMISSION_DENIED', ask(host, 'librarian reads', { file: 'precious.txt' }));
    expect(await read()).to.equal('precious');
    expect(await host.run<string>('librarian process' as never)).to.equal(process.pid);
    expect(await ask(host, 'librarian process')).not.to.equal(process.pid);
    expect(audit.filter(({ event, plugin }) => event === 'denied' && plugin === 'librarian').map(({ executor }) => executor)).to.include('process').and.not.include('inline');
  });

  it('is what it may do itself where nothing is confined', async () => {
    const host = await hostWith({}, 'off');
    expect(await ask(host, 'librarian reads', { file: 'precious.txt' })).to.equal('precious');
    expect(await ask(host, 'librarian process')).to.equal(process.pid);
  });

  it('is what the host may do for a plugin that is only there as a class', async () => {
    const desk = definePlugin({ name: 'desk', version: '1.0.0', description: 'Of the host itself', commands: [
      defineCommand({ path: 'desk', description: 'Reads a file', execute: () => readFileSync(join(work, 'precious.txt'), 'utf8') }),
      defineCommand({ path: 'desk sends', description: 'Has another one read it', execute: (_input, context) => context.run<string>('librarian reads' as never, { file: 'precious.txt' } as never) }),
    ] });
    const host = await hostWith({}, 'standard', [desk]);
    expect(await ask(host, 'desk')).to.equal('precious');
    await failure('PERMISSION_DENIED', ask(host, 'desk sends'));
  });

  if (backendHere('bubblewrap') !== undefined) it('is no more in strict, where everything is confined', async () => {
    const host = await hostWith({}, 'strict');
    await failure('PERMISSION_DENIED', ask(host, 'librarian reads', { file: 'precious.txt' }));
    // It comes up for itself all the same.
    await failure('SERVICE_NOT_GRANTED', ask(host, 'librarian books'));
    expect(await host.run<string>('librarian books' as never)).to.equal('librarian');
    expect(await host.run<string>('librarian reads' as never, { file: 'precious.txt' } as never)).to.equal('precious');
  });
});
