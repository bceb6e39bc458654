import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Structum, type PluginClass, type StructumError } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';

/** A plugin that runs the code it is given. */
async function probe(): Promise<PluginClass> {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'structum-plugin-probe', version: '1.0.0', type: 'module' },
    'index.js': `
      import fs from 'node:fs';
      import { execFileSync } from 'node:child_process';
      import { defineCommand, definePlugin } from '@structum/core';
      const attempt = { description: 'What to do', type: 'string' };
      const replace = async (context, path) => {
        const file = await context.replaceFile(path);
        await file.write('new');
        await file.commit();
      };
      export default definePlugin({
        name: 'probe', description: 'Tries', module: import.meta.url,
        permissions: { read: ['$workspace/sub', '$workspace/later'], write: ['$workspace/own'], run: ['git'] },
        commands: [defineCommand({
          path: 'probe', description: 'Tries it',
          arguments: { attempt },
          options: { input: { flags: '-i,--input', description: 'A file', type: 'string', path: 'read' }, output: { flags: '-o,--output', description: 'A file', type: 'string', path: 'write' } },
          execute: ({ attempt, input, output }, context) => new Function('fs', 'execFileSync', 'context', 'replace', 'input', 'output', 'return ' + attempt)(fs, execFileSync, context, replace, input, output),
        })],
      });`,
  });
  return ((await import(pathToFileURL(join(folder, 'index.js')).href)) as { default: PluginClass }).default;
}

describe('what the system denies to an isolated plugin', function () {
  let cwd: string;
  let host: Structum;

  before(async () => { host = await Structum.create({ plugins: [await probe()], cwd: temporaryFolder(), config: { plugin_policy: { executor: { probe: 'process' } } } }); });
  after(() => host.dispose());
  beforeEach(() => {
    cwd = temporaryFolder();
    for (const name of ['sub', 'own', 'other']) mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, 'other/file'), 'text');
  });

  const run = (attempt: string, paths: object = {}): Promise<unknown> => host.run<string>('probe' as never, { attempt, ...paths } as never, { cwd });
  const denied = async (attempt: string, paths?: object): Promise<StructumError> => failure('PERMISSION_DENIED', run(attempt, paths));

  it('is told with what to declare', async () => {
    const error = await denied('fs.readFileSync("other/file")');
    expect(error.details).to.include({ permission: 'read', wanted: join(cwd, 'other/file'), entry: '$workspace/other/file' });
    expect((await denied('replace(context, "other.txt")')).details).to.include({ permission: 'write', wanted: join(cwd, 'other.txt'), entry: '$workspace/other.txt' });
  });

  it('is told with what the host does instead', async () => {
    expect((await denied('execFileSync("git")')).details).to.include({ permission: 'run', remedy: 'host', through: 'context.exec()' });
  });

  it('is told to be behind a link', async function () {
    if (process.platform === 'win32') this.skip();
    symlinkSync('../other', join(cwd, 'own/out'));
    expect((await denied('replace(context, "own/out/file")')).details).to.include({ permission: 'write', remedy: 'target' });
    symlinkSync('../other', join(cwd, 'sub/out'));
    expect((await denied('fs.readFileSync("sub/out/file")')).details).to.include({ permission: 'read', remedy: 'target' });
  });

  it('is to make what its user names, which the host does for it', async function () {
    if (process.platform !== 'linux') this.skip();
    const output = join(cwd, 'new.txt');
    expect((await denied('fs.writeFileSync(output, "new")', { output })).details).to.include({ permission: 'write', wanted: output, remedy: 'host', through: 'context.replaceFile()' });
    await run('replace(context, output)', { output });
  });

  it('is not what is not there', async () => {
    for (const path of ['sub/none', 'own/none']) {
      expect((await failure('COMMAND_FAILED', run(`fs.readFileSync("${path}")`))).cause).to.include({ code: 'ENOENT' });
    }
  });

  it('is told to have come too late, where it was not there in time', async () => {
    for (const [attempt, paths] of [['fs.readFileSync("later")', {}], ['fs.readFileSync(input)', { input: join(cwd, 'none') }]] as const) {
      const error = await run(attempt, paths).then(() => undefined, (thrown: unknown) => thrown as StructumError);
      // Node denies what it was not told of; where it need not, as in temporary folders, the system says that it is not there.
      if (error?.code === 'PERMISSION_DENIED') expect(error.details).to.include({ remedy: 'folder' });
      else expect(error?.cause).to.include({ code: 'ENOENT' });
    }
  });
});
