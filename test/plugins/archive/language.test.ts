import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { languageOf } from '#internal/archive/language.js';
import { expect } from 'chai';
import { root } from '../../support/folder.js';

describe('The language of a file', () => {
  for (const [path, language] of [
    ['src/index.ts', 'typescript'],
    ['app.tsx', 'tsx'],
    ['main.c++', 'cpp'],
    ['Program.cs', 'csharp'],
    ['README.md', 'markdown'],
    ['deep/down/Makefile', 'makefile'],
    ['Dockerfile', 'dockerfile'],
    ['tsconfig.json', 'json-with-comments'],
    ['data.json', 'json'],
    ['lib.rs', 'rust'],
    ['.bashrc', 'shell'],
    ['UPPER.PY', 'python'],
  ] as const) {
    it(`of ${path} is ${language}`, () => {
      expect(languageOf(path)).to.equal(language);
    });
  }

  it('is unknown where nothing says it', () => {
    expect(languageOf('src.ts/some-file')).to.equal(undefined);
    expect(languageOf('file.unheard-of')).to.equal(undefined);
    expect(languageOf('constructor')).to.equal(undefined);
  });

  it('comes from a table that is what its tool makes of the data', async () => {
    const plugin = join(root, 'plugins/archive');
    const { languageModule } = (await import(pathToFileURL(join(plugin, 'tools/languages.mjs')).href)) as { languageModule: () => string };
    expect(languageModule()).to.equal(readFileSync(join(plugin, 'src/language-table.ts'), 'utf8'));
  });
});
