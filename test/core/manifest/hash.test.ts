import { expect } from 'chai';
import { canonicalJson, checksumOf, fingerprint } from '#internal/core/manifest/hash.js';

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

describe('checksumOf', () => {
  const bytes = Buffer.from('What is kept may be damaged anywhere: here, there, and at its very end.');

  it('is a whole number, the same for the same bytes', () => {
    expect(Number.isSafeInteger(checksumOf(bytes))).to.equal(true);
    expect(checksumOf(Buffer.from(bytes))).to.equal(checksumOf(bytes));
  });

  it('is another one after any byte was changed, cut off or added', () => {
    const others = new Set([checksumOf(bytes)]);
    let count = 1;
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
        others.add(checksumOf(changed));
        count += 1;
      }
      others.add(checksumOf(bytes.subarray(0, at)));
      others.add(checksumOf(Buffer.concat([bytes, Buffer.alloc(at + 1)])));
      count += 2;
    }
    expect(others.size).to.equal(count);
  });
});
