import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { besideWritable, followedBeside, heldCode, wholeFolders } from '#internal/core/execution/remote/process/readable-paths.js';
import { followedPaths } from '#internal/core/security/sandbox/index.js';
import { temporaryFolder } from '../../../support/folder.js';

describe('what a plugin may read, where it may write too', () => {
  const folder = temporaryFolder();
  const at = (path: string): string => join(folder, path);

  it('is what lies beside that, by itself', () => {
    const read = [at('a'), at('own'), at('own/file'), at('own/deep/file'), at('owner')];
    expect(besideWritable(read, [at('own')])).to.deep.equal([at('a'), at('owner')]);
    expect(besideWritable(read, [])).to.deep.equal(read);
  });

  it('is all of a folder where others may write, in the place of what lies there', () => {
    expect(wholeFolders([at('a'), at('theirs/file'), at('theirs/deep/file')], [at('theirs/deep'), at('theirs')])).to.deep.equal([at('a'), at('theirs')]);
    expect(wholeFolders([at('a')], [])).to.deep.equal([at('a')]);
  });

  it('is code that cannot be replaced, and no code that a link leads to from there', () => {
    for (const path of ['project/node_modules', 'project/sub/node_modules', 'other/node_modules']) mkdirSync(at(path), { recursive: true });
    symlinkSync(at('other/node_modules'), at('project/linked'), 'junction');
    const code = followedPaths(['project/node_modules', 'project/sub/node_modules', 'other/node_modules', 'project/linked'].map(at));
    const beside = followedBeside(code, [at('project')]).map(({ given }) => given);
    expect(beside).to.deep.equal([at('other/node_modules')]);
    const held = (write: readonly string[]): readonly string[] => heldCode(code, write).map(({ given }) => given);
    expect(held([at('project')])).to.have.members([at('project/node_modules'), at('other/node_modules')]);
    expect(held([at('elsewhere')])).to.deep.equal(code.map(({ given }) => given));
  });
});
