import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { GitSandbox } from './git-sandbox.js';

/** Packages of thousands of files. */
const PACKAGES = ['date-fns', 'rxjs'] as const;

/** Lines as they are found in real projects, at the top and further down. */
const TOP = [
  '# dependencies and output',
  'node_modules/',
  'dist/*',
  '!dist/types',
  '/build',
  '*.map',
  '*.tsbuildinfo',
  'npm-debug.log*',
  '.env*',
  '!.env.example',
  '**/locale/**/_lib/',
  'date-fns/fp/[a-m]*.js',
  'rxjs/**/operators/*.d.ts',
  '!rxjs/**/map*.d.ts',
  'rxjs/src/internal/{a,b}/',
  'date-fns/locale/*/cdn*',
  '*.?js',
  'Thumbs.db',
].join('\n');
const BELOW = ['/internal/util/', '*.js', '!index.js', 'testing/**', '!testing/index.d.ts'].join('\r\n');

describe('walk of real trees, compared with git', () => {
  let sandbox: GitSandbox;

  before(function () {
    this.timeout(120_000);
    sandbox = new GitSandbox();
    for (const name of PACKAGES) {
      cpSync(dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), join(sandbox.root, name), { recursive: true });
    }
    sandbox.init();
  });

  after(() => {
    sandbox.remove();
  });

  it('lists every file without rules', () => {
    const listed = sandbox.listedByWalk();
    expect(listed.length).to.be.greaterThan(5000);
    expect(listed).to.deep.equal(sandbox.listedByGit());
  });

  it('lists what git lists with the rules of real projects', () => {
    writeFileSync(join(sandbox.root, '.gitignore'), TOP);
    writeFileSync(join(sandbox.root, 'rxjs/dist/.gitignore'), BELOW);
    const listed = sandbox.listedByWalk();
    expect(listed).to.deep.equal(sandbox.listedByGit());
    expect(listed.length).to.be.greaterThan(1000);
    expect(sandbox.listedByWalk('rxjs')).to.deep.equal(sandbox.listedByGit('rxjs'));
  });
});
