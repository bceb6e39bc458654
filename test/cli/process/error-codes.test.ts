import { mkdirSync, openSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, environment, finished, type CliRunOptions, type Finished } from '../../support/cli-installation.js';
import { EARLY } from '../../support/early-plugin.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** The code of the error that a command line told in JSON. */
function codeIn({ stderr }: Finished): string | undefined {
  const line = stderr.split('\n').find((text) => text.startsWith('{"error":'));
  return line === undefined ? undefined : (JSON.parse(line) as { error: { code: string } }).error.code;
}

describe('structum: what goes wrong is told by code', () => {
  let cli: CliInstallation;
  let cwd: string;

  before(async () => {
    cli = (await new CliInstallation().add('early', EARLY)).link('plugins').link('archive').link('tree').link('config');
    await cli.add('user', EARLY.replaceAll("'early'", "'user'").replace("activation: ['onStart']", "requires: { early: '*' }"));
  });
  beforeEach(() => { cwd = temporaryFolder(); });

  async function expectCode(code: string, args: readonly string[], options: CliRunOptions = {}): Promise<void> {
    const ended = await cli.run([...args, '--json'], { cwd, ...options });
    expect(codeIn(ended), ended.stderr).to.equal(code);
    expect(ended.code).to.not.equal(0);
  }

  /** A package with a manifest field, and these files. */
  function packageOf(files: Readonly<Record<string, string>> = {}): string {
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'package.json': { name: 'structum-plugin-some', version: '1.0.0', main: './index.cjs', structum: { manifest: './structum.manifest.json' } },
      ...files,
    });
    return folder;
  }

  const good = `module.exports = require('@structum/core').definePlugin({ name: 'some', description: 'Some', commands: [] });`;

  it('an option before any command', () => expectCode('COMMAND_MISSING', ['--zzzzzz']));
  it('a value for what takes none', () => expectCode('OPTION_VALUE_UNEXPECTED', ['plugins', 'unlink', '--yes=5']));
  it('a folder to work in that is not there', () => expectCode('FOLDER_UNUSABLE', ['plugins', 'list', '--cwd', join('not', 'there')]));
  it('a folder to archive that the system cannot even look for', () => expectCode('ARCHIVE_DIRECTORY_UNREADABLE', ['archive', 'x'.repeat(5_000)]));

  it('output that cannot be written', async function () {
    if (process.platform !== 'linux') this.skip();
    const child = spawn(process.execPath, [cli.bin, 'plugins', 'list', '--json'], { cwd, env: environment(), stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    expect(codeIn(await finished(child))).to.equal('OUTPUT_FAILED');
  });

  it('disabling what others need', () => expectCode('PLUGIN_NEEDED', ['plugins', 'disable', 'early']));
  it('disabling what helps to mend things', () => expectCode('PLUGIN_ESSENTIAL', ['plugins', 'disable', 'plugins']));

  it('a new plugin without a name', () => expectCode('PLUGIN_NAME_MISSING', ['plugins', 'new']));

  it('a new plugin where something is', async () => {
    writeFiles(cwd, { 'fresh/notes.txt': 'mine' });
    await expectCode('PLUGIN_FOLDER_NOT_EMPTY', ['plugins', 'new', 'fresh']);
  });

  it('a new plugin within a file', async () => {
    writeFiles(cwd, { file: '' });
    await expectCode('PLUGIN_FOLDER_UNUSABLE', ['plugins', 'new', 'fresh', '--directory', 'file']);
  });

  it('linking a folder without a package', () => expectCode('LINK_NO_PACKAGE', ['plugins', 'link', cwd]));
  it('linking what is no plugin', () => expectCode('LINK_NO_PLUGIN', ['plugins', 'link', packageOf({ 'package.json': '{ "name": "some", "version": "1.0.0" }' })]));
  it('a manifest of a folder without a package', () => expectCode('MANIFEST_NO_PACKAGE', ['plugins', 'manifest', cwd]));
  it('linking what is not built', () => expectCode('LINK_NOT_BUILT', ['plugins', 'link', packageOf()]));
  it('linking what imports something that is not there', () => expectCode('PLUGIN_MODULE_MISSING', ['plugins', 'link', packageOf({ 'index.cjs': `require('not-there');` })]));
  it('unlinking what is no link', () => expectCode('LINK_UNKNOWN', ['plugins', 'unlink', 'early']));

  it('unlinking everything with nobody to agree', async () => {
    const env = { STRUCTUM_DATA_HOME: temporaryFolder() };
    expect((await cli.run(['plugins', 'link', packageOf({ 'index.cjs': good })], { cwd, env })).code).to.equal(0);
    await expectCode('UNLINK_UNCONFIRMED', ['plugins', 'unlink'], { env });
  });

  it('linking for a user without a home', () =>
    expectCode('DATA_FOLDER_MISSING', ['plugins', 'link', packageOf({ 'index.cjs': good })], {
      env: { STRUCTUM_DATA_HOME: '', HOME: 'nowhere', USERPROFILE: 'nowhere', LOCALAPPDATA: 'nowhere', APPDATA: 'nowhere' },
    }));

  it('editing without an editor', () => expectCode('CONFIG_EDITOR_MISSING', ['config', 'edit']));
  it('an editor that fails', () => expectCode('CONFIG_EDITOR_FAILED', ['config', 'edit'], { env: { EDITOR: 'exit 3;' } }));

  it('a manifest that cannot be written', async () => {
    const folder = packageOf({ 'index.cjs': good });
    mkdirSync(join(folder, 'structum.manifest.json/in-the-way'), { recursive: true });
    await expectCode('MANIFEST_UNWRITABLE', ['plugins', 'manifest', folder]);
  });
});
