import { join } from 'node:path';
import { expect } from 'chai';
import type { PluginGraph, PluginNeed } from '@structum/plugin-plugins';
import { CliInstallation } from '../../../support/cli-installation.js';
import { writePackage } from '../../../support/plugin-package.js';

describe('structum plugins list, info, why and graph, with a thousand plugins in a chain', () => {
  const COUNT = 1000;
  const nameOf = (index: number): string => `chain-${String(index).padStart(4, '0')}`;
  let cli: CliInstallation;

  before(function () {
    this.timeout(60_000);
    cli = new CliInstallation().link('plugins');
    for (let index = 0; index < COUNT; index += 1) {
      const requires = index === 0 ? {} : { [nameOf(index - 1)]: '^1.0.0' };
      writePackage(join(cli.folder, 'node_modules', `structum-plugin-${nameOf(index)}`), `structum-plugin-${nameOf(index)}`, { name: nameOf(index), requires });
    }
  });

  const data = async (...args: string[]): Promise<unknown> => JSON.parse((await cli.run(['plugins', ...args, '--json'])).stdout);

  it('list all of them', async () => {
    expect(await data('list')).to.have.lengthOf(COUNT + 1);
  });

  it('tell who needs the last one, in data and in a line that can be read', async () => {
    const need = await data('why', nameOf(0)) as PluginNeed;
    expect({ chains: need.chains.length, links: need.chains[0]?.length, direct: need.direct, indirect: need.indirect.length }).to.deep.equal({ chains: 1, links: COUNT, direct: [nameOf(1)], indirect: COUNT - 2 });
    const [, chain] = (await cli.run(['plugins', 'why', nameOf(0)])).stdout.split('\n');
    expect(chain).to.have.lengthOf.below(500).and.match(/^ {2}chain-0999 → .* 988 more → .* chain-0000$/);
  });

  it('draw all of them', async () => {
    const { nodes, edges } = await data('graph') as PluginGraph;
    expect([nodes.length, edges.length]).to.deep.equal([COUNT + 1, COUNT - 1]);
    expect((await data('graph', nameOf(500), '--direction', 'both', '--depth', '2') as PluginGraph).nodes.map(({ id }) => id)).to.deep.equal([498, 499, 500, 501, 502].map(nameOf));
  });

  it('show all about one', async () => {
    expect(await data('info', nameOf(500))).to.deep.include({ state: 'resolved', dependents: [{ plugin: nameOf(501), range: '^1.0.0', optional: false }] });
  });
});
