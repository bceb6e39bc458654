import { TextFactsBuilder, type TextFacts } from '#internal/archive/text-facts.js';
import { expect } from 'chai';
import fc from 'fast-check';

describe('The facts of a text', () => {
  for (const [text, lineEnds] of [
    ['one line', 'none'],
    ['a\nb\n', 'LF'],
    ['a\r\nb\r\n', 'CRLF'],
    ['a\rb\r', 'CR'],
    ['a\r\nb\n', 'mixed'],
    ['a\r\r\n', 'mixed'],
    ['a\n\rb', 'mixed'],
  ] as const) {
    it(`say that the line ends of ${JSON.stringify(text)} are ${lineEnds}`, () => {
      expect(factsOf([text]).lineEnds).to.equal(lineEnds);
    });
  }

  it('count the longest run of backticks, wherever it stands', () => {
    expect(factsOf(['``` and ````` and ````']).longestFence).to.equal(5);
    expect(factsOf(['`` and `']).longestFence).to.equal(0);
  });

  it('are the same however the text is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '`', '``'), maxLength: 12 })), (pieces) => {
        expect(factsOf(pieces)).to.deep.equal(plainly(pieces.join('')));
      }),
    );
  });
});

function factsOf(pieces: readonly string[]): TextFacts {
  const facts = new TextFactsBuilder();
  for (const piece of pieces) facts.add(Buffer.from(piece));
  return facts.finish();
}

/** The same facts, found in the most obvious way. */
function plainly(text: string): TextFacts {
  const kinds = new Set(text.match(/\r\n|\r|\n/g));
  const names = { '\n': 'LF', '\r\n': 'CRLF', '\r': 'CR' } as const;
  const [only] = kinds;
  const longest = Math.max(0, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length));
  return {
    lineEnds: kinds.size > 1 ? 'mixed' : only === undefined ? 'none' : names[only as keyof typeof names],
    finalNewline: text.endsWith('\n'),
    longestFence: longest,
  };
}
