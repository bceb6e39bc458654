import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeGrantedFolders } from '#internal/core/execution/remote/process/granted-folders.js';
import { resolvePermissions } from '#internal/core/security/index.js';
import { temporaryFolder } from '../../../support/folder.js';

describe('folders that are granted and not there', () => {
  /** What is in a workspace afterwards. */
  function made(write: readonly string[], narrowed: readonly string[] = ['/'], prepare: (workspace: string) => void = () => undefined): readonly string[] {
    const workspace = temporaryFolder();
    prepare(workspace);
    const granted = resolvePermissions({ write }, narrowed.includes('/') ? [] : [{ write: narrowed }], { workspace }).write;
    makeGrantedFolders({ write }, granted, { workspace });
    return readdirSync(workspace, { recursive: true }).map(String).sort();
  }

  it('are made where they are named as folders', () => {
    expect(made(['$workspace/out/', '$workspace/report.txt'])).to.deep.equal(['out']);
    expect(made(['$workspace/out/'], ['/'], (workspace) => { mkdirSync(join(workspace, 'out/in'), { recursive: true }); })).to.deep.equal(['out', join('out', 'in')]);
  });

  it('are not made with others around them, or where a configuration takes them away', () => {
    expect(made(['$workspace/none/out/'])).to.deep.equal([]);
    expect(made(['$workspace/out/'], ['$workspace/other'])).to.deep.equal([]);
  });

  it('are not made where a link leads out', () => {
    const outside = temporaryFolder();
    expect(made(['$workspace/way/out/'], ['/'], (workspace) => { symlinkSync(outside, join(workspace, 'way'), 'junction'); })).to.not.include(join('way', 'out'));
    expect(readdirSync(outside)).to.deep.equal([]);
  });
});
