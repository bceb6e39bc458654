import { expect } from 'chai';
import { knownFormatOf } from '#internal/core/config/formats/index.js';

describe('the places of all keys of a large text', () => {
  for (const eol of ['\n', '\r\n']) {
    it(`are those that each has by itself, with ${JSON.stringify(eol)} at the ends of lines`, async () => {
      const sections = Array.from({ length: 300 }, (_, index) => `  s${String(index)}:${eol}    # a comment${eol}    a: ${String(index)}${eol}    list: [x, y]${eol}`);
      const text = `plugins:${eol}${sections.join('')}secrets:${eol}  allow_exec: true${eol}`;
      const format = knownFormatOf('config.yaml');
      const document = await format.parse(text, 'config.yaml');
      for (let index = 0; index < 300; index += 1) {
        const line = 2 + 4 * index;
        const at = (...keys: readonly string[]): unknown => document.positionOf(['plugins', `s${String(index)}`, ...keys]);
        expect([at(), at('a'), at('list', '1'), at('absent')]).to.deep.equal([
          { line, column: 3 }, { line: line + 2, column: 5 }, { line: line + 3, column: 15 }, { line, column: 3 },
        ]);
      }
      expect(document.positionOf(['secrets'])).to.deep.equal({ line: 1202, column: 1 });
      expect(document.positionOf(['plugins', 's299', 'a'])).to.deep.equal(await format.positionOf(text, 'config.yaml', ['plugins', 's299', 'a']));
    });
  }
});
