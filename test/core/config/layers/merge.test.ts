import { expect } from 'chai';
import fc from 'fast-check';
import { mergeValues } from '#internal/core/config/layers/merge.js';

describe('merging what layers say', () => {
  it('goes into mappings, and takes what counts most', () => {
    expect(mergeValues([{ a: 1, b: { c: 1, d: 2 } }, undefined, { b: { d: 3, e: 4 } }])).to.deep.equal({ a: 1, b: { c: 1, d: 3, e: 4 } });
  });

  it('replaces lists, and what is of another kind, as a whole', () => {
    expect(mergeValues([{ a: [1, 2] }, { a: [3] }])).to.deep.equal({ a: [3] });
    expect(mergeValues([{ a: { b: 1 } }, { a: 'text' }])).to.deep.equal({ a: 'text' });
    expect(mergeValues([{ a: 'text' }, { a: { b: 1, c: null } }])).to.deep.equal({ a: { b: 1 } });
  });

  it('takes away what weaker layers say where a stronger one says null, which still stronger ones may say anew', () => {
    expect(mergeValues([{ a: { b: 1, c: 2 } }, { a: { b: null } }])).to.deep.equal({ a: { c: 2 } });
    expect(mergeValues([{ a: { b: 1 } }, { a: null }, { a: { c: 2 } }])).to.deep.equal({ a: { c: 2 } });
    expect(mergeValues([{ a: [null] }])).to.deep.equal({ a: [null] });
    expect(mergeValues([5, null])).to.equal(undefined);
  });

  const value = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.constantFrom(null, 1, 'x', true), fc.array(fc.integer(), { maxLength: 2 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3 })),
  })).value;

  it('is the same however layers are put together, and changes none of them', () => {
    fc.assert(fc.property(value, value, value, (one, two, three) => {
      const before = JSON.stringify([one, two, three]);
      const all = mergeValues([one, two, three]);
      expect(JSON.stringify([one, two, three])).to.equal(before);
      expect(mergeValues([one, two, three, {}, undefined].slice(0, 3))).to.deep.equal(all);
      // What is merged says what it says again.
      expect(mergeValues([all, all])).to.deep.equal(all);
    }));
  });

  it('holds no null, but in lists', () => {
    const hasNull = (data: unknown): boolean => data === null || (typeof data === 'object' && !Array.isArray(data) && Object.values(data).some(hasNull));
    fc.assert(fc.property(value, value, (one, two) => {
      const merged = mergeValues([one, two]);
      expect(merged === undefined || !hasNull(merged)).to.equal(true);
    }));
  });

  it('gives each object a value of its own, whatever keys are called', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as object;
    mergeValues([{}, hostile]);
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  });
});
