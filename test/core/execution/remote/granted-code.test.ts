import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { codeFolders } from '#internal/core/execution/remote/process/code-folders.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

describe('what code a plugin may read, whatever its package says', () => {
  let folder: string;
  let own: string;
  const granted = (): readonly string[] => codeFolders([own]).filter((path) => path.startsWith(folder));

  beforeEach(() => {
    folder = temporaryFolder();
    own = join(folder, 'project/node_modules/plugin');
    writeFiles(folder, {
      'private/package.json': { name: 'private' }, 'private/secret.txt': '',
      'project/package.json': { name: 'project' }, 'project/lib/package.json': { name: 'library' },
      'project/node_modules/plugin/index.cjs': '',
    });
  });

  it('is not what a path leads to that it calls a dependency', () => {
    writeFiles(own, { 'package.json': { name: 'plugin', dependencies: { '../../../private': '*', '..': '*', '/': '*', '@../private': '*' } } });
    expect(granted()).to.deep.equal([own, join(folder, 'project/node_modules')]);
  });

  it('is not what a link leads to that it brings along', () => {
    writeFiles(own, { 'package.json': { name: 'plugin', dependencies: { private: '*', project: '*', any: '*' } }, 'node_modules/.keep': '' });
    symlinkSync(join(folder, 'private'), join(own, 'node_modules/private'), 'junction');
    symlinkSync(join(folder, 'project'), join(own, 'node_modules/project'), 'junction');
    symlinkSync(join(folder, 'private'), join(own, 'node_modules/any'), 'junction');
    expect(granted()).to.deep.equal([own, join(own, 'node_modules'), join(folder, 'project/node_modules')]);
  });

  it('is not what its folder of dependencies leads to', () => {
    writeFiles(own, { 'package.json': { name: 'plugin' } });
    symlinkSync(join(folder, 'private'), join(own, 'node_modules'), 'junction');
    expect(granted()).to.deep.equal([own, join(folder, 'project/node_modules')]);
  });

  it('is not what a package of another name is, and is one of a workspace', () => {
    writeFiles(own, { 'package.json': { name: 'plugin', dependencies: { library: '*', other: '*' } } });
    mkdirSync(join(folder, 'project/node_modules'), { recursive: true });
    symlinkSync(join(folder, 'project/lib'), join(folder, 'project/node_modules/library'), 'junction');
    symlinkSync(join(folder, 'private'), join(folder, 'project/node_modules/other'), 'junction');
    expect(granted()).to.include(join(folder, 'project/lib')).and.not.include(join(folder, 'private'));
  });
});
