import { expect } from 'chai';
import { modules } from './modules.js';

describe('bench: tables', () => {
  it('align names to the left and numbers to the right', async () => {
    const { formatTable } = await modules.table();
    expect(formatTable(['', 'ms'], [['one', '1,234'], ['three', '5']])).to.equal(['          ms', '─────  ─────', 'one    1,234', 'three      5'].join('\n'));
  });

  it('leave out columns without content', async () => {
    const { formatTable } = await modules.table();
    expect(formatTable(['', 'ms', 'MB'], [['one', '', '3']])).to.equal(['     MB', '───  ──', 'one   3'].join('\n'));
  });

  it('show three digits of a number', async () => {
    const { formatNumber } = await modules.table();
    expect([0.4242, 8.314, 47.19, 1204.4, -3.25].map(formatNumber)).to.deep.equal(['0.42', '8.31', '47.2', '1,204', '-3.25']);
  });
});
