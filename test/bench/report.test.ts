import { expect } from 'chai';
import { modules } from './modules.js';

const comparison = {
  title: 'Start',
  unit: 'ms',
  baseline: 'bare',
  rows: [
    { label: 'bare', samples: [20, 22, 21], memory: [40e6] },
    { label: 'structum', samples: [42, 40, 50], memory: [45e6, 47e6], target: { extra: 25, ratio: 2.5, extraMemory: 10e6 } },
    { label: 'other', samples: [], note: 'other is not installed' },
  ],
};

describe('bench: reports', () => {
  it('compare medians with those of the baseline', async () => {
    const { reportOf } = await modules.report();
    expect(reportOf(comparison).rows).to.deep.equal([
      { label: 'bare', time: { runs: 3, median: 21, min: 20, p95: 21.9 }, memory: 40e6 },
      {
        label: 'structum', time: { runs: 3, median: 42, min: 40, p95: 49.2 }, memory: 46e6,
        extra: 21, ratio: 2, extraMemory: 6e6, target: { extra: 25, ratio: 2.5, extraMemory: 10e6 },
      },
      { label: 'other', note: 'other is not installed' },
    ]);
  });

  it('compare with nothing when the baseline was not measured', async () => {
    const { reportOf } = await modules.report();
    expect(reportOf({ ...comparison, baseline: 'other' }).rows[0]).to.not.have.any.keys('extra', 'ratio', 'extraMemory');
  });

  it('are tables with targets beside the values, and say why a row is empty', async () => {
    const { reportOf, textOf } = await modules.report();
    expect(textOf(reportOf(comparison)).split('\n')).to.deep.equal([
      'Start',
      '',
      '          median ms   min   p95  extra  ratio  peak MB  extra MB                      target',
      '────────  ─────────  ────  ────  ─────  ─────  ───────  ────────  ──────────────────────────  ────────────────────────',
      'bare           21.0  20.0  21.9                   40.0',
      'structum       42.0  40.0  49.2   21.0  2.00×     46.0       6.0  ≤ +25 ms, ≤ 2.5×, ≤ +10 MB',
      'other                                                                                         (other is not installed)',
    ]);
  });

  it('say where a target is missed', async () => {
    const { reportOf, textOf } = await modules.report();
    const missed = (target: object): boolean => textOf(reportOf({ ...comparison, rows: [...comparison.rows, { label: 'judged', samples: [42], memory: [46e6], target }] })).includes(': missed');
    for (const target of [{ most: 42 }, { extra: 21 }, { ratio: 2 }, { extraMemory: 6e6 }]) expect(missed(target), JSON.stringify(target)).to.equal(false);
    for (const target of [{ most: 41 }, { extra: 20 }, { ratio: 1.9 }, { extraMemory: 5e6 }]) expect(missed(target), JSON.stringify(target)).to.equal(true);
  });
});
