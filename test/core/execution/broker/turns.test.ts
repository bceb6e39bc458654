import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import { Turns } from '#internal/core/execution/broker/turns.js';

describe('turns', () => {
  const never = new AbortController().signal;

  /** Work that ends when it is told to, and says when it began. */
  function worker(name: string, begun: string[]): { readonly work: () => Promise<string>; readonly end: () => void } {
    let end = (): void => undefined;
    const told = new Promise<void>((resolve) => { end = resolve; });
    return { end: () => { end(); }, work: async () => { begun.push(name); await told; return name; } };
  }

  it('are taken by so many at once, in the order in which they came', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const workers = ['a', 'b', 'c', 'd'].map((name) => worker(name, begun));
    const results = workers.map(({ work }) => turns.take(2, never, work));
    expect(begun).to.deep.equal(['a', 'b']);
    for (const { end } of workers.slice(1)) end();
    await results[3];
    expect(begun).to.deep.equal(['a', 'b', 'c', 'd']);
    workers[0]?.end();
    expect(await Promise.all(results)).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('come all the same after work that fails, and after somebody who did not want to wait', async () => {
    const turns = new Turns();
    const begun: string[] = [];
    const [first, last] = [worker('first', begun), worker('last', begun)];
    const controller = new AbortController();
    const results = [
      turns.take(1, never, async () => { await first.work(); throw new Error('it failed'); }),
      turns.take(1, controller.signal, () => Promise.resolve('given up')),
      turns.take(1, never, last.work),
    ];
    controller.abort(new Error('no more'));
    first.end();
    last.end();
    const ends = await Promise.allSettled(results);
    expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : (end.reason as Error).message))).to.deep.equal(['it failed', 'no more', 'last']);
    expect(begun).to.deep.equal(['first', 'last']);
  });

  it('are waited for by many under one signal, which has no more listeners for that', async () => {
    const turns = new Turns();
    const controller = new AbortController();
    const { work, end } = worker('first', []);
    const results = Array.from({ length: 40 }, () => turns.take(1, controller.signal, work));
    expect(getEventListeners(controller.signal, 'abort').length).to.be.at.most(1);
    controller.abort(new Error('no more'));
    end();
    const ends = await Promise.allSettled(results);
    expect(ends.map(({ status }) => status)).to.deep.equal(['fulfilled', ...Array.from({ length: 39 }, () => 'rejected')]);
  });
});
