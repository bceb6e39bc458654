import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../../support/cli-installation.js';
import { writeFiles } from '../../../support/folder.js';

const plugin = (name: string, more = ''): string => `
  const { defineCommand, definePlugin } = require('@structum/core');
  exports.default = definePlugin({ name: '${name}', description: '${name}', ${more}
    commands: [defineCommand({ path: '${name}', description: '${name}', execute: () => '${name} ran' })] });`;

describe('structum plugins info and why', () => {
  let cli: CliInstallation;

  before(async () => {
    cli = new CliInstallation().link('plugins');
    await cli.add('base', plugin('base'));
    await cli.add('middle', plugin('middle', `requires: { base: '^1.0.0' },`));
    await cli.add('top', plugin('top', `requires: { middle: '*' },`));
    await cli.add('fan', plugin('fan', `optional: { base: '*' },`));
    await cli.add('broken', plugin('broken', `requires: { absent: '^3.0.0' },`));
    await cli.add('ring', plugin('ring', `requires: { loop: '*' },`));
    await cli.add('loop', plugin('loop', `requires: { ring: '*' },`));
  });

  const run = (...args: string[]) => cli.run(['plugins', ...args]);
  const data = async (...args: string[]): Promise<unknown> => JSON.parse((await run(...args, '--json')).stdout);

  it('show what a plugin needs, with what was found, and who needs it', async () => {
    expect(await data('info', 'middle')).to.deep.include({
      name: 'middle', state: 'resolved', tier: 'host', paths: { middle: 'middle' },
      dependencies: [{ plugin: 'base', range: '^1.0.0', optional: false, found: '1.2.3' }],
      dependents: [{ plugin: 'top', range: '*', optional: false }],
    });
    const { stdout } = await run('info', 'middle');
    expect(stdout).to.match(/^State: +resolved$/m).and.match(/^Needs\n {2}base \(\^1\.0\.0\): 1\.2\.3$/m).and.match(/^Needed by\n {2}top \(\*\)$/m);
  });

  it('show why a plugin cannot be used, as a tree with what to do', async () => {
    const { stdout } = await run('info', 'broken');
    expect(stdout).to.match(/^Why it cannot be used\n {2}\S.*\[REQUIREMENT_/m).and.match(/^ +-> /m).and.contain('absent');
    expect(stdout).to.match(/^State: +rejected$/m);
  });

  it('lead from plugins that nobody needs down to the one that was asked for', async () => {
    expect((await run('why', 'base')).stdout).to.equal('base 1.2.3 is needed by:\n  fan → (*, optional) base\n  top → (*) middle → (^1.0.0) base\n');
    expect(await data('why', 'base')).to.deep.include({ plugin: 'base', version: '1.2.3', direct: ['fan', 'middle'], indirect: ['top'], complete: true });
    expect((await run('why', 'top')).stdout).to.equal('Nobody needs top 1.2.3.\n');
  });

  it('say so when there are more chains than are asked for', async () => {
    expect((await run('why', 'base', '--limit', '1')).stdout).to.contain('--limit shows more');
    expect(await data('why', 'base', '--limit', '1')).to.deep.include({ complete: false });
    expect(await data('why', 'base', '--limit', '2')).to.deep.include({ complete: true });
  });

  it('end where circles begin again', async () => {
    expect((await run('why', 'ring')).stdout).to.contain('loop → (*) ring');
  });

  it('know who asks for a plugin that is not there', async () => {
    expect((await run('why', 'absent')).stdout).to.equal('absent (not installed) is needed by:\n  broken → (^3.0.0) absent\n');
  });

  it('say of a name that nobody has which manifest cannot be read: it may be that one\'s', async () => {
    const damaged = new CliInstallation().link('plugins');
    writeFiles(damaged.folder, { 'node_modules/structum-plugin-onlyhere/structum.manifest.json': '{' });
    for (const args of [['info', 'onlyhere'], ['why', 'onlyhere'], ['graph', 'onlyhere'], ['enable', 'onlyhere']]) {
      const { code, stderr } = await damaged.run(['plugins', ...args, '--quiet']);
      expect(code).to.equal(2);
      expect(stderr, args.join(' ')).to.contain('There is no plugin "onlyhere".').and.contain(join(damaged.folder, 'node_modules/structum-plugin-onlyhere/structum.manifest.json'));
    }
  });

  it('guess what an unknown name was meant to be', async () => {
    for (const command of ['info', 'why', 'graph', 'enable', 'disable']) {
      const { code, stderr } = await run(command, 'midle');
      expect(code, command).to.equal(2);
      expect(stderr, command).to.equal('error: There is no plugin "midle".\nhint: Did you mean "middle"?\n');
    }
  });

  it('list plugins by keyword', async () => {
    await cli.add('tagged', plugin('tagged'), { keywords: ['structum-plugin', 'paint'] });
    expect(await data('list', '--keyword', 'paint')).to.satisfy((plugins: { name: string }[]) => plugins.length === 1 && plugins[0]?.name === 'tagged');
  });
});
