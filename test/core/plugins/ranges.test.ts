import { expect } from 'chai';
import fc from 'fast-check';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import * as ranges from '#internal/core/plugins/ranges.js';

const number = fc.oneof(fc.nat(3), fc.nat(1_000_000));
const release = fc.tuple(number, number, number).map((numbers) => numbers.join('.'));
const version = fc.oneof({ weight: 3, arbitrary: release }, { weight: 1, arbitrary: fc.tuple(release, fc.constantFrom('-0', '-beta.1', '+build')).map((parts) => parts.join('')) });
const range = fc.oneof(
  fc.tuple(fc.constantFrom('^', '~', '>=', '', '<', '=', '>', 'v', ' '), version).map((parts) => parts.join('')),
  fc.tuple(release, release).map(([one, other]) => `>=${one} <${other} || ^${other}`),
  fc.constantFrom('*', '', 'x', '1.x', '~1', '1.2', 'latest', '^1', '>=01.0.0'),
);

describe('ranges', () => {
  it('are what npm says they are', () => {
    fc.assert(fc.property(version, range, (given, wanted) => {
      expect(ranges.isRange(wanted)).to.equal(validRange(wanted) !== null);
      expect(ranges.satisfies(given, wanted)).to.equal(satisfies(given, wanted));
      expect(ranges.includes(given, wanted)).to.equal(satisfies(given, wanted, { includePrerelease: true }));
    }), { numRuns: 2_000 });
  });
});
