import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '@structum/core';
import { expect } from 'chai';
import { temporaryFolder } from '../../support/folder.js';

describe('makeFolders', () => {
  it('makes a folder and those above it, and gives the new ones', () => {
    const folder = temporaryFolder();
    expect(makeFolders(join(folder, 'a/b'))).to.deep.equal([join(folder, 'a'), join(folder, 'a/b')]);
    expect(makeFolders(join(folder, 'a/b'))).to.deep.equal([]);
    expect(makeFolders(join(folder, 'a/c'))).to.deep.equal([join(folder, 'a/c')]);
  });

  it('throws where nothing can be made, and leaves nothing behind', function () {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(() => makeFolders(join(folder, 'file/a/b'))).to.throw();
    expect(() => makeFolders(join(folder, 'new', 'x'.repeat(300)))).to.throw();
    expect(existsSync(join(folder, 'new'))).to.equal(false);
    if (process.platform === 'linux') expect(() => makeFolders('/proc/structum/deep')).to.throw('ENOENT');
  });
});
