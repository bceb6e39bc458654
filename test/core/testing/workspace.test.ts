import { AssertionError } from 'node:assert';
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { workspace } from '@structum/core/testing';
import { runNode } from '../../support/run.js';
import { root } from '../../support/folder.js';

describe('workspace', () => {
  it('holds the files that it was given: text, bytes, JSON and empty folders', () => {
    const folder = workspace({ 'a.txt': 'text', 'b/c.bin': new Uint8Array([0, 255]), 'b/d.json': { one: 1 }, 'empty/': '' });
    try {
      expect(folder.files).to.deep.equal(['a.txt', 'b/c.bin', 'b/d.json']);
      expect(folder.read('a.txt')).to.equal('text');
      expect(JSON.parse(folder.read('b/d.json'))).to.deep.equal({ one: 1 });
      expect(folder.exists('empty')).to.equal(true);
      folder.write({ 'e/f.txt': 'later' });
      expect(folder.read('e/f.txt')).to.equal('later');
    } finally {
      folder.dispose();
    }
  });

  it('is gone when it is disposed, as often as one likes', () => {
    const folder = workspace({ 'a.txt': '' });
    folder[Symbol.dispose]();
    folder.dispose();
    expect(existsSync(folder.folder)).to.equal(false);
  });

  it('keeps to itself', () => {
    const folder = workspace();
    try {
      for (const path of ['../x.txt', '/etc/x.txt', '..', 'a/../../x']) expect(() => { folder.write({ [path]: '' }); }, path).to.throw(AssertionError, 'not within the workspace');
    } finally {
      folder.dispose();
    }
  });

  it('leaves nothing behind when a file cannot be written', () => {
    let made = '';
    try {
      workspace({ 'a': 'a file', 'a/b': 'within it' });
    } catch (error) {
      made = String((error as NodeJS.ErrnoException).path);
    }
    expect(made).to.include('structum-workspace-');
    expect(existsSync(made)).to.equal(false);
  });

  it('is gone when the process ends, however the test went', async () => {
    const script = `
      import { workspace } from '@structum/core/testing';
      console.log(workspace({ 'a.txt': 'text' }).folder);
      throw new Error('the test failed');
    `;
    const { stdout, code } = await runNode(['--input-type=module', '--eval', script], { cwd: root });
    expect(code).to.equal(1);
    expect(stdout.trim()).to.include('structum-workspace-');
    expect(existsSync(stdout.trim())).to.equal(false);
  });
});
