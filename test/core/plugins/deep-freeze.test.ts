import { expect } from 'chai';
import { deepFreeze } from '#internal/core/plugins/deep-freeze.js';

describe('deepFreeze', () => {
  it('freezes all that is held, however deep it is', () => {
    let value: unknown = { end: { list: [{}] } };
    const { end } = value as { end: { list: object[] } };
    for (let depth = 0; depth < 200_000; depth += 1) value = [value];
    expect(deepFreeze(value)).to.equal(value);
    expect([value, end, end.list, end.list[0]].every((held) => Object.isFrozen(held))).to.equal(true);
  });

  it('comes to an end where something holds itself', () => {
    const value: { self?: unknown } = {};
    value.self = [value];
    expect(Object.isFrozen(deepFreeze(value).self)).to.equal(true);
  });
});
