import { join } from 'node:path';
import { MANIFEST_FILE, Structum, type StructumError } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import fc from 'fast-check';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** Plugins that have to do with each other in every way that matters to how they are judged. */
const PLUGINS: Readonly<Record<string, object>> = {
  gives: { conflicts: { way: '*' } },
  way: {},
  follower: { requires: { gives: '*' } },
  one: { conflicts: { other: '*' } },
  other: { conflicts: { one: '*' } },
  client: { requires: { way: '*' }, optional: { gives: '*' } },
};

const WAYS_TO_ASK = ['run', 'activate', 'look', 'list'] as const;

describe('How a plugin is judged', () => {
  let folder: string;

  before(async () => {
    folder = temporaryFolder();
    linkCore(folder);
    for (const [name, more] of Object.entries(PLUGINS)) {
      const home = join(folder, 'plugins', name);
      writeFiles(home, {
        'package.json': { name, version: '1.0.0', main: './index.cjs' },
        'index.cjs': `
          const { defineCommand, definePlugin } = require('@structum/core');
          exports.default = definePlugin({ name: '${name}', description: '${name}', ...${JSON.stringify(more)},
            commands: [defineCommand({ path: '${name}', description: '${name}', execute: () => '${name}' })] });`,
      });
      const { manifest } = await generateManifest({ folder: home });
      writeFiles(home, { [MANIFEST_FILE]: formatManifest(manifest) });
    }
  });

  const create = (): Promise<Structum> => Structum.create({ discover: { folders: [join(folder, 'plugins')] } });

  async function ask(structum: Structum, way: (typeof WAYS_TO_ASK)[number], name: string): Promise<void> {
    const ignored = (): undefined => undefined;
    if (way === 'run') await structum.run(name).catch(ignored);
    if (way === 'activate') await structum.activate(name).catch(ignored);
    if (way === 'look') structum.registry.plugin(name);
    if (way === 'list') await structum.registry.judged();
  }

  it('is what who runs it first is told', async () => {
    await using structum = await create();
    const error = await structum.run('gives').catch((thrown: unknown) => thrown as StructumError);
    expect(error).to.have.property('code', 'PLUGIN_REJECTED');
    expect(structum.registry.plugin('gives')).to.deep.include({ state: 'rejected' });
    expect(await structum.run('way')).to.equal('way');
  });

  it('does not depend on who was asked for first, nor how', async () => {
    const fit = ['way', 'one', 'client'];
    const asked = fc.array(fc.tuple(fc.constantFrom(...WAYS_TO_ASK), fc.constantFrom(...Object.keys(PLUGINS))), { minLength: 1, maxLength: 6 });
    await fc.assert(fc.asyncProperty(asked, async (questions) => {
      await using structum = await create();
      for (const [way, name] of questions) await ask(structum, way, name);
      const outcomes = await Promise.all(Object.keys(PLUGINS).map(async (name) => [name, await structum.run(name).catch((thrown: unknown) => (thrown as StructumError).code)]));
      expect(outcomes).to.deep.equal(Object.keys(PLUGINS).map((name) => [name, fit.includes(name) ? name : 'PLUGIN_REJECTED']));
    }), { numRuns: 60 });
  });

  it('does not depend on what is asked for at the same time', async () => {
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(Object.keys(PLUGINS), { minLength: 1 }), async (names) => {
      await using structum = await create();
      await Promise.all(names.map((name) => ask(structum, 'run', name)));
      const states = (await structum.registry.judged()).filter(({ state }) => state === 'rejected').map(({ name }) => name);
      expect(states).to.deep.equal(['follower', 'gives', 'other']);
    }), { numRuns: 30 });
  });
});
