import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';
import { runNode } from '../../support/run.js';

/** Writes a plugin with one command, which says its version. */
async function writePlugin(folder: string, name: string, version = '1.0.0'): Promise<void> {
  const source = `
    const { defineCommand, definePlugin } = require('@structum/core');
    exports.default = definePlugin({ name: '${name}', description: '${name}', commands: [defineCommand({ path: '${name}', description: '${name}', execute: () => '${version}' })] });`;
  const files = { 'package.json': { name, version, main: './index.cjs' }, 'index.cjs': source };
  // Made from a twin elsewhere: this process remembers the modules that it has imported.
  const twin = temporaryFolder();
  linkCore(twin);
  writeFiles(twin, files);
  writeFiles(folder, { ...files, [MANIFEST_FILE]: formatManifest((await generateManifest({ folder: twin })).manifest) });
}

describe('A command line finds plugins', () => {
  let cli: CliInstallation;
  let home: (kind: string) => string;
  let project: string;

  beforeEach(() => {
    cli = new CliInstallation();
    home = (kind) => join(cli.folder, 'home', kind);
    project = join(temporaryFolder(), 'project');
    writeFiles(project, { '.git/HEAD': '', 'package.json': {}, 'src/file': '' });
  });

  const answer = async (...args: readonly string[]): Promise<string> => {
    const { stdout, stderr, code } = await cli.run(args, { cwd: join(project, 'src') });
    return code === 0 ? stdout.trim() : `${String(code)} ${stderr}`;
  };
  const indexes = (): readonly string[] => (existsSync(join(home('cache'), 'plugins')) ? readdirSync(join(home('cache'), 'plugins')) : []);

  it('beside itself, linked, and in its user\'s folder, and remembers them', async () => {
    linkCore(home('data'));
    linkCore(join(home('data'), 'plugins'));
    await writePlugin(join(cli.folder, 'node_modules/beside'), 'beside');
    await writePlugin(join(home('data'), 'plugins/node_modules/users'), 'users');
    const developed = temporaryFolder();
    linkCore(developed);
    await writePlugin(developed, 'linked');
    writeFiles(home('data'), { 'links/@acme/.keep': '' });
    symlinkSync(developed, join(home('data'), 'links/@acme/linked'), 'junction');
    for (const run of ['cold', 'warm']) {
      for (const name of ['beside', 'users', 'linked']) expect(await answer(name), run).to.equal('1.0.0');
    }
    expect(indexes()).to.have.length(1);
    await writePlugin(developed, 'linked', '2.0.0');
    expect(await answer('linked')).to.equal('2.0.0');
    rmSync(join(home('data'), 'links/@acme/linked'));
    expect(await answer('linked')).to.match(/^2 /);
  });

  it('and says of a command that is not there which link leads nowhere', async () => {
    const gone = join(temporaryFolder(), 'gone');
    writeFiles(home('data'), { 'links/@acme/.keep': '' });
    symlinkSync(gone, join(home('data'), 'links/@acme/linked'), 'junction');
    expect(await answer('linked')).to.include('There is no command "linked".')
      .and.include(`The linked plugin "@acme/linked" is not in ${gone} any more`).and.include('structum plugins unlink @acme/linked');
  });

  it('in the project it works in, and runs them once its user trusts that', async () => {
    linkCore(project);
    await writePlugin(join(project, 'node_modules/theirs'), 'theirs');
    for (const run of ['cold', 'warm']) expect(await answer('theirs'), run).to.match(/^3 error: /).and.contain(project);
    writeFiles(home('config'), { 'config.yaml': `plugin_policy:\n  trusted_projects:\n    - ${JSON.stringify(project)}\n` });
    expect(await answer('theirs')).to.equal('1.0.0');
    // What was merely listed runs now, and nothing had to be looked for again.
    const files = indexes();
    const [before, after] = await Promise.all([0, 1].map(async () => { await answer('theirs'); return indexes(); }));
    expect([before, after]).to.deep.equal([files, files]);
  });

  it('beside a link to it that it was started through, as of what is linked for development', async function () {
    // Windows has no such links to programs.
    if (process.platform === 'win32') this.skip();
    const prefix = temporaryFolder();
    const modules = join(prefix, 'lib/node_modules');
    linkCore(join(prefix, 'lib'));
    await writePlugin(join(modules, 'beside'), 'beside');
    symlinkSync(join(cli.folder, 'node_modules/@structum/cli'), join(modules, '@structum/cli'));
    writeFiles(prefix, { 'bin/.keep': '' });
    symlinkSync('../lib/node_modules/@structum/cli/dist/structum.cjs', join(prefix, 'bin/structum'));
    const env = Object.fromEntries(['config', 'cache', 'data', 'state'].map((kind) => [`STRUCTUM_${kind.toUpperCase()}_HOME`, home(kind)]));
    expect(await runNode([join(prefix, 'bin/structum'), 'beside'], { cwd: project, env })).to.deep.equal({ stdout: '1.0.0\n', stderr: '', code: 0 });
  });

  it('with a damaged index, and without any place for one', async () => {
    await writePlugin(join(cli.folder, 'node_modules/beside'), 'beside');
    expect(await answer('beside')).to.equal('1.0.0');
    const [name = ''] = indexes();
    const file = join(home('cache'), 'plugins', name);
    const sound = readFileSync(file);
    for (const bytes of [sound.subarray(0, 50), Buffer.from(sound).fill(0, 60, 90), Buffer.from('nonsense')]) {
      writeFileSync(file, bytes);
      expect(await answer('beside')).to.equal('1.0.0');
    }
    rmSync(home('cache'), { recursive: true });
    writeFileSync(home('cache'), 'a file');
    for (let run = 0; run < 2; run += 1) expect(await answer('beside')).to.equal('1.0.0');
  });

  it('but none where a project has its packages by Plug\'n\'Play: it says so to who asks for them, and does its work', async () => {
    cli.link('tree').link('plugins');
    writeFiles(project, { '.pnp.cjs': '', '.pnp.loader.mjs': '' });
    expect(await answer('tree')).to.contain('file');
    expect(await cli.run(['tree'], { cwd: project })).to.deep.include({ code: 0, stderr: '' });
    const unknown = await answer('theirs');
    expect(unknown).to.match(/^2 error: There is no command "theirs"/).and.contain('Plug\'n\'Play').and.contain('nodeLinker: node-modules').and.contain(project);
    const { code, stderr } = await cli.run(['plugins', 'list', '--json'], { cwd: project });
    expect([code, (JSON.parse(stderr) as { log: { code: string } }).log.code]).to.deep.equal([0, 'PNP_UNSUPPORTED']);
  });

  it('and says of a command that it does not know which packages cannot be used', async () => {
    writeFiles(cli.folder, { 'node_modules/broken/structum.manifest.json': '{"name":' });
    for (const run of ['cold', 'warm']) {
      const unknown = await answer('broken');
      expect(unknown, run).to.match(/^2 error: There is no command "broken"/).and.contain(join('broken', MANIFEST_FILE));
    }
  });
});
