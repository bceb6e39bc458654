import { readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Structum } from '@structum/core';
import TreePlugin from '@structum/plugin-tree';
import { expect } from 'chai';

describe('structum tree of real trees', () => {
  for (const name of ['date-fns', 'rxjs']) {
    it(`draws everything that ${name} holds, so that it can be read back`, async () => {
      const folder = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
      const structum = await Structum.create({ plugins: [TreePlugin] });
      let text = '';
      const { entries } = await structum.run(
        'tree',
        { directory: folder, gitignore: false, hidden: true },
        { output: { unicode: true, write: (chunk) => void (text += String(chunk)) } },
      );
      await structum.dispose();
      expect(entries.length).to.be.greaterThan(2000);
      expect(entries.map(({ path }) => path).sort()).to.deep.equal(everythingBelow(folder));
      expect(pathsIn(text)).to.deep.equal(entries.map(({ path, kind }) => (kind === 'directory' ? `${path}/` : path)));
    });
  }
});

function everythingBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Reads a drawn tree back: four columns for each level, then the name. */
function pathsIn(text: string): string[] {
  const folders: string[] = [];
  return text
    .split('\n')
    .slice(1, -1)
    .map((line) => {
      const [, indent = '', name = ''] = /^((?:│ {3}| {4})*)[├└]── (.*)$/.exec(line) ?? [];
      const depth = indent.length / 4;
      const path = (depth === 0 ? '' : (folders[depth - 1] ?? '')) + name;
      folders[depth] = path;
      return path;
    });
}
