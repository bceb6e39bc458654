import { expect } from 'chai';
import { matchPattern } from '#internal/core/manifest/match-pattern.js';

describe('a pattern of a description', () => {
  it('is held against texts as a regular expression', () => {
    for (const [pattern, text, match] of [
      ['^a+$', 'aaa', 'matches'], ['^a+$', 'aab', 'differs'], ['^(?:[a-z]+-)*[a-z]+$', 'a-b-c', 'matches'], ['^(?:[a-z]+-)*[a-z]+$', 'a--c', 'differs'],
      ['^.$', '😀', 'matches'], ['^(?:.a){2}$', '😀a😀a', 'matches'], ['a', 'b'.repeat(5000), 'differs'], ['', '', 'matches'],
    ] as const) expect(matchPattern(pattern, text), `${pattern} ${text.slice(0, 20)}`).to.equal(match);
  });

  it('is given up where that takes too long, however many there are', () => {
    for (let count = 0; count < 30; count += 1) expect(matchPattern(`^(a+)+${'$'.repeat(count % 3 + 1)}`, `${'a'.repeat(60)}!`)).to.equal('takes too long');
    expect(matchPattern('^(?:[a-z]+-)*[a-z]+$', 'a-b-c')).to.equal('matches');
    expect(matchPattern('^a+b+c+$', `${'a'.repeat(20)}bc`)).to.equal('matches');
  });

  it('is given up where many parts repeat without an end', () => {
    expect(matchPattern('a*a*a*a*a*a*b', 'a'.repeat(900))).to.equal('takes too long');
  });
});
