import { join } from 'node:path';
import { Structum, type Registry } from '@structum/core';
import { expect } from 'chai';
import { linkCore, temporaryFolder } from '../../support/folder.js';
import { commandOf, writePackage } from '../../support/plugin-package.js';

describe('A listing of plugins', () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    linkCore(folder);
    const about = { category: 'analysis', keywords: ['fast'] };
    for (const name of ['off', 'on']) writePackage(place(name), name, { ...about, provides: [`${name}.service`], commands: [commandOf(`shared ${name}`), commandOf(name)] });
    writePackage(place('other'), 'other');
    writePackage(place('needy'), 'needy', { ...about, requires: { absent: '*' } });
    // A second package of a name counts as little as what it says of itself.
    writePackage(place('z-on'), 'on', { category: 'export', keywords: ['slow'] });
  });

  const place = (name: string): string => join(folder, 'plugins', name);
  const create = (policy: object = { enabled: { off: false } }): Promise<Structum> =>
    Structum.create({ discover: { folders: [join(folder, 'plugins')], cache: join(folder, 'cache') }, config: { plugin_policy: policy } });
  const listed = (registry: Registry): Readonly<Record<string, readonly string[]>> => ({
    category: registry.category('analysis').map(({ name, state }) => `${name} ${state}`),
    keyword: registry.keyword('fast').map(({ name, state }) => `${name} ${state}`),
    hidden: [...registry.category('export'), ...registry.keyword('slow')].map(({ name }) => name),
    group: registry.group('shared').map(({ path }) => path),
    offered: registry.commands.map(({ path }) => path),
    providers: ['off.service', 'on.service'].map((id) => registry.provider(id)?.name ?? '-'),
  });

  for (const asked of ['category', 'keyword', 'group', 'commands', 'provider'] as const) {
    it(`by category, keyword and group says what is disabled, cold and warm, ${asked} first`, async () => {
      for (const run of ['cold', 'warm']) {
        await using structum = await create();
        const { registry } = structum;
        if (asked === 'commands') expect(registry.commands).not.to.deep.equal([]);
        else registry[asked]({ category: 'analysis', keyword: 'fast', group: 'shared', provider: 'off.service' }[asked]);
        expect(listed(registry), run).to.deep.equal({
          category: ['needy discovered', 'off disabled', 'on discovered'], keyword: ['needy discovered', 'off disabled', 'on discovered'], hidden: [],
          group: ['shared on'], offered: ['needy', 'on', 'other', 'shared on'], providers: ['-', 'on'],
        });
        await registry.judged();
        expect(registry.category('analysis').map(({ name, state }) => `${name} ${state}`), run).to.deep.equal(['needy rejected', 'off disabled', 'on resolved']);
        expect(registry.commands.map(({ path }) => path), run).to.deep.equal(['on', 'other', 'shared on']);
        expect(registry.category('analysis').find(({ name }) => name === 'off')?.reason).to.deep.include({ code: 'PLUGIN_DISABLED' });
      }
    });
  }

  it('follows a category that was changed in place, with what another process remembers', async () => {
    await (await create()).dispose();
    writePackage(place('other'), 'other', { category: 'analysis' });
    await using structum = await create();
    expect(structum.registry.category('utility')).to.deep.equal([]);
    expect(structum.registry.category('analysis').map(({ name }) => name)).to.deep.equal(['needy', 'off', 'on', 'other']);
  });
});
