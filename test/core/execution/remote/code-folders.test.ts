import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { codeFolders } from '#internal/core/execution/remote/process/code-folders.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

function writePackage(folder: string, name: string, dependencies: Readonly<Record<string, string>> = {}): void {
  writeFiles(folder, { 'package.json': { name, version: '1.0.0', main: './index.cjs', dependencies }, 'index.cjs': '' });
}

describe('the folders of a plugin\'s code', () => {
  it('are its package, and what it sees beside it', () => {
    const folder = temporaryFolder();
    writePackage(join(folder, 'node_modules/plugin'), 'plugin', { helper: '*' });
    writePackage(join(folder, 'node_modules/helper'), 'helper');
    const folders = codeFolders([join(folder, 'node_modules/plugin')]);
    expect(folders).to.include.members([join(folder, 'node_modules/plugin'), join(folder, 'node_modules')]);
    expect(folders).not.to.include(folder);
  });

  it('are where the links of pnpm lead, of what it depends on indirectly too', () => {
    const folder = temporaryFolder();
    const store = temporaryFolder();
    const at = (name: string): string => join(store, `${name}@1.0.0/node_modules`, name);
    writePackage(at('plugin'), 'plugin', { near: '*' });
    writePackage(at('near'), 'near', { far: '*' });
    writePackage(at('far'), 'far');
    link(at('near'), join(store, 'plugin@1.0.0/node_modules/near'));
    link(at('far'), join(store, 'near@1.0.0/node_modules/far'));
    link(at('plugin'), join(folder, 'node_modules/plugin'));
    const folders = codeFolders([at('plugin')]);
    expect(folders).to.include.members([at('plugin'), at('near'), at('far')]);
  });

  it('are those of other packages of a workspace that it depends on, and of no others', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'package.json': { name: 'workspace', workspaces: ['packages/*'] } });
    for (const [name, dependencies] of [['plugin', { shared: '*' }], ['shared', {}], ['unrelated', {}]] as const) {
      writePackage(join(folder, 'packages', name), name, dependencies);
      link(join(folder, 'packages', name), join(folder, 'node_modules', name));
    }
    const folders = codeFolders([join(folder, 'packages/plugin')]);
    expect(folders).to.include.members([join(folder, 'packages/plugin'), join(folder, 'packages/shared'), join(folder, 'node_modules')]);
    expect(folders).not.to.include.members([join(folder, 'packages/unrelated')]);
    expect(folders).not.to.include(folder);
  });

  it('end where dependencies lead in a circle, or nowhere', () => {
    const folder = temporaryFolder();
    writePackage(join(folder, 'packages/plugin'), 'plugin', { other: '*', gone: '*' });
    writePackage(join(folder, 'packages/other'), 'other', { plugin: '*' });
    for (const name of ['plugin', 'other']) link(join(folder, 'packages', name), join(folder, 'node_modules', name));
    expect(codeFolders([join(folder, 'packages/plugin')])).to.include.members([join(folder, 'packages/plugin'), join(folder, 'packages/other')]);
  });
});
