import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { LinkFolder } from '#internal/plugins/link/link-folder.js';
import { temporaryFolder } from '../../../support/folder.js';
import { CRASHES, killAt, stepsOf } from '../../../support/killed-program.js';

const CHILD = fileURLToPath(import.meta.resolve('../../../support/link-child.js'));

for (const replaces of [true, false]) {
  describe(`Processes that are killed while they change links (links are ${replaces ? 'replaced' : 'moved aside'})`, function () {
    this.timeout(CRASHES * 2_000 + 10_000);

    it(`lose nothing, ${String(CRASHES)} times`, async () => {
      const folder = temporaryFolder();
      const [before = '', after = ''] = ['before', 'after'].map((name) => join(folder, name));
      for (const target of [before, after]) mkdirSync(target);
      const path = join(folder, 'links');
      const links = new LinkFolder(path, replaces);
      const change = { args: [CHILD, path, String(replaces), after], folder: path };
      const prepare = async (): Promise<void> => {
        await links.place('kept', before);
        await links.place('@scope/old', before);
        await links.remove('@scope/new');
      };
      await prepare();
      const steps = await stepsOf(change);
      for (let crash = 0; crash < CRASHES; crash += 1) {
        await prepare();
        await killAt(1 + (crash % steps), change);
        const found = new Map(links.links().map(({ name, folder: target }) => [name, target]));
        // The changes come one after the other: where a later one was made, so were the earlier ones.
        const state = ['kept', '@scope/new', '@scope/old'].map((name) => found.get(name));
        expect([[before, undefined, before], [after, undefined, before], [after, after, before], [after, after, undefined]]).to.deep.include(state);
        expect(readdirSync(path).filter((name) => name.startsWith('.'))).to.deep.equal([]);
      }
    });
  });
}
