import { expect } from 'chai';
import { editDistance, similar } from '#internal/core/errors/similar.js';

describe('similar', () => {
  it('finds what was mistyped, best first', () => {
    expect(similar('--detph', ['--depth', '--deep', '--json'])).to.deep.equal(['--depth']);
    expect(similar('--color', ['--colour', '--colors', '--json'])).to.have.members(['--colour', '--colors']);
  });

  it('finds what was not typed to its end', () => {
    expect(similar('--timi', ['--timings', '--times'])).to.include('--timings');
  });

  it('knows no better for a single letter than its other case', () => {
    expect(similar('-Q', ['-q', '-x'])).to.deep.equal(['-q']);
    expect(similar('-z', ['-q', '-x'])).to.deep.equal([]);
  });

  it('does not compare what nobody would type', () => {
    expect(similar('x'.repeat(300_000), [`${'x'.repeat(300_000)}y`])).to.deep.equal([]);
  });

  it('offers at most three', () => {
    expect(similar('--aaaa', ['--aaab', '--aaac', '--aaad', '--aaae'])).to.have.length(3);
  });
});

describe('editDistance', () => {
  for (const [one, other, distance] of [['', '', 0], ['tree', 'tree', 0], ['tre', 'tree', 1], ['tere', 'tree', 1], ['', 'abc', 3], ['kitten', 'sitting', 3]] as const) {
    it(`is ${String(distance)} for "${one}" and "${other}"`, () => {
      expect(editDistance(one, other)).to.equal(distance);
      expect(editDistance(other, one)).to.equal(distance);
    });
  }
});
