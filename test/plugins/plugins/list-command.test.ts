import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';

describe('structum plugins list', () => {
  let cli: CliInstallation;
  before(async () => { cli = (await new CliInstallation().add('kitchen', KITCHEN)).link('plugins'); });

  it('lists the plugins of the host by name', async () => {
    const { stdout } = await cli.run(['plugins', 'list']);
    expect(stdout.replace(/\d+\.\d ms/, 'N ms').split('\n').map((line) => line.split(/ {2,}/))).to.deep.equal([
      ['NAME', 'VERSION', 'STATE', 'CATEGORY', 'SOURCE', 'LOAD', 'DESCRIPTION'],
      ['kitchen', '1.2.3', 'resolved', 'utility', 'host', '-', 'For tests'],
      ['plugins', '2.0.0', 'active', 'core', 'host', 'N ms', 'Inspect, build and check plugins'],
      [''],
    ]);
  });

  it('shares the core of its host, which both reach through links, when it writes to a pipe', async () => {
    expect((await cli.run(['plugins', 'list'])).stderr).to.equal('');
  });

  it('picks by category and by state', async () => {
    const names = async (args: readonly string[]): Promise<string[]> =>
      (JSON.parse((await cli.run(['plugins', 'list', '--json', ...args])).stdout) as { name: string }[]).map(({ name }) => name);
    expect(await names(['--category', 'utility'])).to.deep.equal(['kitchen']);
    expect(await names(['--state', 'active'])).to.deep.equal(['plugins']);
    expect(await names(['--category', 'export'])).to.deep.equal([]);
    expect(await cli.run(['plugins', 'list', '--state', 'asleep'])).to.include({ code: 2 });
  });

  it('says why it is empty', async () => {
    const list = async (...args: readonly string[]): Promise<string> => (await cli.run(['plugins', 'list', ...args])).stdout;
    expect(await list('-c', 'export')).to.equal('No plugin has the category "export"; there are core, utility.\n');
    expect(await list('-c', 'core', '-s', 'failed', '-k', 'fast')).to.equal('No plugins of the category "core" in the state "failed" with the keyword "fast".\n');
  });

  it('says why a plugin cannot be used, and what to do', async () => {
    const broken = await new CliInstallation().link('plugins').add('broken', KITCHEN.replace(`category: 'utility',`, `category: 'utility', requires: { absent: '^3.0.0' },`));
    expect((await broken.run(['plugins', 'list'])).stdout).to.match(/\n\nkitchen: .*"absent"/).and.match(/^ {2}-> /m);
    const listed = JSON.parse((await broken.run(['plugins', 'list', '--state', 'rejected', '--json'])).stdout) as { reason?: string; hint?: string }[];
    expect(listed).to.have.length(1);
    expect(listed[0]?.hint).to.contain('absent');
  });

  it('gives where each one comes from as data', async () => {
    const [kitchen] = JSON.parse((await cli.run(['plugins', 'list', '--json'])).stdout) as { source: string }[];
    expect(kitchen?.source).to.match(/structum-plugin-kitchen$/);
  });
});
