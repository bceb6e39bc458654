import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { writePackage } from '#internal/plugins/new/write-package.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

describe('writePackage', () => {
  /** Files, the last of which is not written before somebody presses Ctrl-C. */
  class InterruptedFiles extends Map<string, string> {
    readonly controller = new AbortController();

    override *[Symbol.iterator](): MapIterator<[string, string]> {
      yield ['package.json', '{}'];
      yield ['src/index.js', ''];
      this.controller.abort(new Error('interrupted'));
      yield ['README.md', ''];
    }
  }

  it('leaves nothing half made when it is interrupted, and what was there before alone', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'mine/notes.txt': 'mine' });
    for (const name of ['new/deep', 'mine']) {
      const files = new InterruptedFiles();
      const error: unknown = await writePackage(join(folder, name), files, files.controller.signal).catch((reason: unknown) => reason);
      expect(error).to.equal(files.controller.signal.reason);
    }
    expect(existsSync(join(folder, 'new'))).to.equal(false);
    expect(readdirSync(join(folder, 'mine'))).to.deep.equal(['notes.txt']);
  });
});
