import { Lazy } from '#internal/core/platform/lazy.js';
import { expect } from 'chai';

describe('what is lazy', () => {
  it('is opened when it is first asked for, once', async () => {
    let opened = 0;
    const lazy = new Lazy(async () => (opened += 1));
    expect([opened, lazy.opened]).to.deep.equal([0, undefined]);
    expect(await Promise.all([lazy.get(), lazy.get()])).to.deep.equal([1, 1]);
    expect(await lazy.opened).to.equal(1);
  });
});
