import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { writeFiles } from '../../support/folder.js';

describe('structum: the code that a command loads', () => {
  let cli: CliInstallation;

  before(() => {
    cli = new CliInstallation().link('plugins').link('completion').link('tree');
    writeFiles(cli.folder, { 'hook.cjs': `process.on('exit', () => { process.stderr.write(Object.keys(require.cache).join('\\n') + '\\n'); });` });
  });

  /** The folders of this repository's plugins that code was loaded from, for a command. */
  const pluginsLoadedBy = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { code, stderr } = await cli.run(args, { env: { NODE_OPTIONS: `--require ${JSON.stringify(join(cli.folder, 'hook.cjs'))}` } });
    expect(code).to.equal(0);
    const loaded = stderr.split('\n').flatMap((file) => /[\\/]plugins[\\/]([a-z]+)[\\/]dist[\\/]/.exec(file)?.[1] ?? []);
    return [...new Set(loaded)].sort();
  };

  it('is that of its own plugin alone', async () => {
    expect(await pluginsLoadedBy('tree', '.')).to.deep.equal(['tree']);
    expect(await pluginsLoadedBy('plugins', 'list')).to.deep.equal(['plugins']);
  });

  it('is of no plugin where help is asked for', async () => {
    expect(await pluginsLoadedBy('--help')).to.deep.equal([]);
    expect(await pluginsLoadedBy('plugins', 'new', '--help')).to.deep.equal([]);
  });
});
