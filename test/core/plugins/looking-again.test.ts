import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, Structum, type PluginManifest } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder } from '../../support/folder.js';
import { writeRealPackage } from '../../support/real-package.js';

const laterThanBefore = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 60); });

/** Those that a plugin uses are up in this thread only where it is itself. */
const IN_THIS_THREAD = { security: { sandbox_mode: 'off' } };

describe('A host that remembers what it found', () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    linkCore(folder);
  });

  const place = (...names: readonly string[]): string => join(folder, 'plugins', ...names);
  const create = (): Promise<Structum> => Structum.create({ discover: { folders: [place()], cache: join(folder, 'cache') }, config: IN_THIS_THREAD });

  function edit(name: string, change: (manifest: PluginManifest) => object): void {
    const file = join(place(name), MANIFEST_FILE);
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as PluginManifest;
    writeFileSync(file, JSON.stringify({ ...manifest, ...change(manifest) }));
  }

  async function refused(name: string): Promise<void> {
    await laterThanBefore();
    await using structum = await create();
    await failure('PLUGIN_REJECTED', structum.run(name));
    await laterThanBefore();
  }

  describe('looks again before it says that something is missing, and', () => {
    it('finds what was installed into the plugin itself', async () => {
      await writeRealPackage(place('needy'), 'needy', { more: { requires: { part: '*' } } });
      await refused('needy');
      await writeRealPackage(place('needy', 'node_modules', 'part'), 'part');
      await using structum = await create();
      expect(await structum.run('needy')).to.equal('1.0.0');
    });

    it('finds what came to be called what is required, also by way of others', async () => {
      await writeRealPackage(place('outer'), 'outer', { more: { requires: { needy: '*' } } });
      await writeRealPackage(place('needy'), 'needy', { more: { requires: { part: '*' } } });
      await writeRealPackage(place('other'), 'other');
      await refused('outer');
      await writeRealPackage(place('other'), 'part');
      await using structum = await create();
      expect(await structum.run('outer')).to.equal('1.0.0');
    });

    it('finds who came to provide a service that is required', async () => {
      await writeRealPackage(place('needy'), 'needy');
      edit('needy', () => ({ requiresServices: ['acme.search'] }));
      await writeRealPackage(place('other'), 'other');
      await refused('needy');
      edit('other', () => ({ provides: ['acme.search'] }));
      await using structum = await create();
      await structum.activate('other').catch(() => undefined);
      expect(structum.registry.plugin('needy')).to.deep.include({ state: 'discovered' });
      expect((await structum.registry.judged()).map(({ name, state }) => [name, state])).to.deep.include(['needy', 'resolved']);
    });

    it('says so where there is still none', async () => {
      await writeRealPackage(place('needy'), 'needy', { more: { requires: { part: '*' } } });
      await refused('needy');
      await using structum = await create();
      const error = await failure('PLUGIN_REJECTED', structum.run('needy'));
      expect(error.message).to.contain('requires "part" *, and it is not there');
    });
  });

  describe('takes a plugin that it has not taken up yet as it is by then, and', () => {
    it('runs the version that is there', async () => {
      await writeRealPackage(place('tool'), 'tool');
      await laterThanBefore();
      await using structum = await create();
      expect(structum.registry.plugin('tool')).to.deep.include({ version: '1.0.0' });
      await writeRealPackage(place('tool'), 'tool', { version: '2.0.0', more: { keywords: ['new'] } });
      expect(await structum.run('tool')).to.equal('2.0.0');
      expect(structum.registry.plugin('tool')).to.deep.include({ version: '2.0.0', state: 'active' });
    });

    it('takes up the version that is there', async () => {
      await writeRealPackage(place('tool'), 'tool');
      await laterThanBefore();
      await using structum = await create();
      expect((await structum.registry.judged()).map(({ state }) => state)).to.deep.equal(['resolved']);
      await writeRealPackage(place('tool'), 'tool', { version: '2.0.0', more: { keywords: ['new'] } });
      await structum.activate('tool');
      expect(structum.registry.plugin('tool')).to.deep.include({ version: '2.0.0', state: 'active' });
    });

    it('judges anew what requires a plugin that was upgraded', async () => {
      await writeRealPackage(place('outer'), 'outer', { more: { requires: { tool: '^1.0.0' } } });
      await writeRealPackage(place('tool'), 'tool', { more: { keywords: ['old'] } });
      await laterThanBefore();
      await using structum = await create();
      await structum.registry.judged();
      await writeRealPackage(place('tool'), 'tool', { version: '1.1.0', more: { keywords: ['new'] } });
      expect(await structum.run('outer')).to.equal('1.0.0');
      expect(structum.registry.plugin('tool')).to.deep.include({ version: '1.1.0', state: 'active' });
    });

    it('refuses what does not fit with it any more', async () => {
      await writeRealPackage(place('outer'), 'outer', { more: { requires: { tool: '^1.0.0' } } });
      await writeRealPackage(place('tool'), 'tool');
      await laterThanBefore();
      await using structum = await create();
      await structum.registry.judged();
      await writeRealPackage(place('tool'), 'tool', { version: '2.0.0' });
      const error = await failure('PLUGIN_REJECTED', structum.run('outer'));
      expect(error.message).to.contain('requires "tool" ^1.0.0, and version 2.0.0 is there');
    });

    it('knows of it no more where it was taken away', async () => {
      await writeRealPackage(place('tool'), 'tool');
      await laterThanBefore();
      await using structum = await create();
      expect(structum.registry.command('tool')).to.have.property('path', 'tool');
      rmSync(place('tool'), { recursive: true });
      await failure('COMMAND_UNKNOWN', structum.run('tool'));
    });
  });
});
