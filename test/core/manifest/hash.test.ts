import { expect } from 'chai';
import { canonicalJson, fingerprint } from '#internal/core/manifest/hash.js';

describe('fingerprint', () => {
  it('is the same whatever the order of keys, and another for other data', () => {
    expect(fingerprint({ a: 1, b: { c: [1, 2], d: 'é' } })).to.equal(fingerprint({ b: { d: 'é', c: [1, 2] }, a: 1 }));
    expect(fingerprint({ a: 1 })).not.to.equal(fingerprint({ a: 2 }));
    expect(fingerprint({ a: [1, 2] })).not.to.equal(fingerprint({ a: [2, 1] }));
  });

  it('is what manifests of format 1 hold: it may change with the format only', () => {
    expect(fingerprint({ path: 'tree', aliases: [] })).to.equal('ee4ef55177bea5a4');
  });
});

describe('canonicalJson', () => {
  it('leaves out what JSON leaves out', () => {
    expect(canonicalJson({ b: undefined, a: null })).to.equal('{"a":null}');
  });
});
