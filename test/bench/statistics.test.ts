import { expect } from 'chai';
import { modules } from './modules.js';

describe('bench: statistics', () => {
  it('summarises samples in any order and leaves them as they are', async () => {
    const { summarize } = await modules.statistics();
    const samples = [30, 10, 20];
    expect(summarize(samples)).to.deep.equal({ runs: 3, median: 20, min: 10, p95: 29 });
    expect(samples).to.deep.equal([30, 10, 20]);
  });

  it('takes the middle of the two middle samples', async () => {
    const { summarize } = await modules.statistics();
    expect(summarize([1, 2, 4, 100]).median).to.equal(3);
  });

  it('knows one sample by heart', async () => {
    const { summarize } = await modules.statistics();
    expect(summarize([7])).to.deep.equal({ runs: 1, median: 7, min: 7, p95: 7 });
  });

  it('has nothing to say of no samples', async () => {
    const { summarize } = await modules.statistics();
    expect(() => summarize([])).to.throw(RangeError);
  });
});
