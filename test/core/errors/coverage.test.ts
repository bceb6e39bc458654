import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { catalogue } from '@structum/core';
import { expect } from 'chai';
import { root } from '../../support/folder.js';

/** The sources in a folder, as one text. */
function sourcesIn(folder: string): string {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !/(?:^|[\\/])(?:build|node_modules)[\\/]/.test(file) && file !== join('core', 'errors', `coverage.test.ts`));
  return files.map((file) => readFileSync(join(root, folder, file.split(sep).join('/')), 'utf8')).join('\n');
}

/** The codes of the errors that the sources in a folder make by themselves. */
function codesIn(folder: string): readonly string[] {
  return [...sourcesIn(folder).matchAll(/\b(?:code: |usageError\()'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)'/g)].map(([, code = '']) => code);
}

describe('every error', () => {
  const tests = sourcesIn('test');
  const plugins = readdirSync(join(root, 'plugins')).map((name) => `plugins/${name}/src`);
  const places: readonly (readonly [string, readonly string[]])[] = [
    ['the core', Object.keys(catalogue)],
    ...['cli/src', ...plugins].map((folder) => [folder, codesIn(folder)] as const),
  ];

  for (const [place, codes] of places) {
    it(`of ${place} is expected by a test`, () => {
      expect([...new Set(codes)].filter((code) => !new RegExp(`\\b${code}\\b`).test(tests))).to.deep.equal([]);
    });
  }
});
