import { expect } from 'chai';
import { distanceBetween, suggest } from '#internal/cli/command-line/suggest.js';

describe('suggest', () => {
  it('finds what was mistyped, best first', () => {
    expect(suggest('--detph', ['--depth', '--deep', '--json'])).to.deep.equal(['--depth']);
    expect(suggest('--color', ['--colour', '--colors', '--json'])).to.have.members(['--colour', '--colors']);
  });

  it('finds what was not typed to its end', () => {
    expect(suggest('--timi', ['--timings', '--times'])).to.include('--timings');
  });

  it('knows no better for a single letter than its other case', () => {
    expect(suggest('-Q', ['-q', '-x'])).to.deep.equal(['-q']);
    expect(suggest('-z', ['-q', '-x'])).to.deep.equal([]);
  });

  it('offers at most three', () => {
    expect(suggest('--aaaa', ['--aaab', '--aaac', '--aaad', '--aaae'])).to.have.length(3);
  });
});

describe('distanceBetween', () => {
  for (const [one, other, distance] of [['', '', 0], ['tree', 'tree', 0], ['tre', 'tree', 1], ['tere', 'tree', 1], ['', 'abc', 3], ['kitten', 'sitting', 3]] as const) {
    it(`is ${String(distance)} for "${one}" and "${other}"`, () => {
      expect(distanceBetween(one, other)).to.equal(distance);
      expect(distanceBetween(other, one)).to.equal(distance);
    });
  }
});
