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

  it('has numbers for the items of lists', () => {
    expect(parseKeyPath('plugins.tree.hosts[1].grid[0][12].x')).to.deep.equal(['plugins', 'tree', 'hosts', 1, 'grid', 0, 12, 'x']);
    for (const wrong of ['[0]', 'a[', 'a[]', 'a[x]', 'a[-1]', 'a]', 'a[0]b', 'a.[0]']) expect(() => parseKeyPath(wrong), wrong).to.throw().with.property('code', 'CONFIG_KEY_INVALID');
  });

  it('is read as it is written', () => {
    const key = fc.string({ minLength: 1 }).filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text) && !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(fc.property(key, fc.array(fc.oneof(key, fc.nat()), { maxLength: 4 }), (first, others) => {
      expect(parseKeyPath(formatKeyPath([first, ...others]))).to.deep.equal([first, ...others]);
    }));
  });
});
