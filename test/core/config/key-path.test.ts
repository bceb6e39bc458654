import { expect } from 'chai';
import fc from 'fast-check';
import { formatKeyPath, parseKeyPath } from '#internal/core/config/key-path.js';

describe('the path of a setting', () => {
  it('is its keys with dots between; a key with dots is quoted', () => {
    expect(parseKeyPath('plugins.acme/tree.max_depth')).to.deep.equal(['plugins', 'acme/tree', 'max_depth']);
    expect(parseKeyPath('colors.".d.ts".x')).to.deep.equal(['colors', '.d.ts', 'x']);
    expect(formatKeyPath(['colors', '.d.ts', 'say "x"'])).to.equal('colors.".d.ts"."say \\"x\\""');
    expect(formatKeyPath(['hosts', 1, 'a[0]'])).to.equal('hosts[1]."a[0]"');
  });

  it('is read as it is written', () => {
    const key = fc.string({ minLength: 1 }).filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text) && !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), (path) => {
      expect(parseKeyPath(formatKeyPath(path))).to.deep.equal(path);
    }));
  });
});
