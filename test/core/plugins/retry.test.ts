import { join } from 'node:path';
import { Structum } from '@structum/core';
import { generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { PluginFolder } from './reload/plugin-folder.js';

const BROKEN = {
  'a syntax error': 'export const text = ;',
  'an import of what is not there': `import './missing.js'; export const text = 'one';`,
  'an import of a name that is not there': `import { missing } from './other.js'; export const text = 'one';`,
  'an error when it is run': `throw new Error('broken'); export const text = 'one';`,
};

describe('what could not be imported, mended in place', () => {
  let folder: PluginFolder;

  beforeEach(() => {
    folder = new PluginFolder();
  });

  for (const [what, text] of Object.entries(BROKEN)) {
    it(`is imported when it is asked for again: a command with ${what}`, async () => {
      folder.writeText('text', 'two');
      await folder.writeManifest('text');
      folder.write('text', { 'lib/text.js': text, 'lib/other.js': 'export const other = 1;' });
      await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
      await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
      folder.writeText('text', 'two');
      await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
      await structum.activate('text', { retry: true });
      expect(await structum.run('text')).to.equal('two');
    });

    it(`is imported when it is asked for again: the entry of a plugin with ${what}`, async () => {
      folder.writeText('text', 'two');
      folder.write('text', { 'index.js': `import './lib/text.js';\n${indexOf('text')}` });
      await folder.writeManifest('text');
      folder.write('text', { 'lib/text.js': text, 'lib/other.js': 'export const other = 1;' });
      await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
      await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
      folder.write('text', { 'lib/text.js': `export const text = 'two';` });
      await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
      await structum.activate('text', { retry: true });
      expect(await structum.run('text')).to.equal('two');
    });

    it(`is imported by the next host: a plugin with ${what}`, async () => {
      folder.write('text', { 'index.js': `import './lib/text.js';\n${indexOf('text')}`, 'lib/text.js': text, 'lib/other.js': 'export const other = 1;' });
      await failure('PLUGIN_LOAD_FAILED', Structum.create({ from: folder.from, plugins: ['text'] }));
      folder.writeText('text', 'two');
      for (let round = 0; round < 2; round += 1) {
        await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
        expect(await structum.run('text')).to.equal('two');
      }
      const { manifest } = await generateManifest({ folder: join(folder.path, 'node_modules/text') });
      expect(manifest.commands.map(({ path }) => path)).to.deep.equal(['text']);
    });
  }

  it('comes with all of its plugin: what the command shares with it is the same', async () => {
    const write = (broken: string): void => {
      folder.write('shares', {
        'index.js': `
          import { definePlugin } from '@structum/core';
          import { Shared } from './shared.js';
          export default definePlugin({ name: 'shares', version: '1.0.0', description: 'shares', commands: [() => import('./command.js')],
            onActivate() { globalThis.shared = Shared; } });
        `,
        'shared.js': 'export class Shared {}',
        'command.js': `
          import { defineCommand } from '@structum/core';
          import { Shared } from './shared.js';
          ${broken}
          export const command = defineCommand({ path: 'shares', description: 'shares', execute: () => globalThis.shared === Shared });
        `,
      });
    };
    write('');
    await folder.writeManifest('shares');
    write(`throw new Error('broken');`);
    await using structum = await Structum.create({ from: folder.from, plugins: ['shares'] });
    await failure('PLUGIN_LOAD_FAILED', structum.run('shares'));
    write('');
    await structum.activate('shares', { retry: true });
    expect(await structum.run('shares')).to.equal(true);
  });

  it('stays as it is where it is not mended, and so does the plugin', async () => {
    folder.writeText('text', 'two');
    await folder.writeManifest('text');
    folder.write('text', { 'lib/text.js': BROKEN['a syntax error'] });
    await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
    await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
    await failure('RELOAD_FAILED', structum.activate('text', { retry: true }));
    expect(structum.registry.plugin('text')).to.include({ state: 'active', generation: 1 });
    await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
  });
});

/** The entry of the plugin that {@link PluginFolder.writeText} writes. */
function indexOf(name: string): string {
  return `
    import { definePlugin } from '@structum/core';
    export default definePlugin({ name: '${name}', version: '1.0.0', description: '${name}', commands: [() => import('./lib/command.js')] });
  `;
}
