import type { ConcurrencyLimits } from '@structum/core';
import { expect } from 'chai';
import { CallQueue, type TurnRequest } from '#internal/core/execution/remote/call-queue.js';
import { failure } from '../../../support/errors.js';

const NEVER = new AbortController().signal;

/** A queue, and the names of those who got their turn, in that order. */
class QueueAtHand {
  readonly queue: CallQueue;
  readonly begun: string[] = [];
  readonly ends = new Map<string, () => void>();
  /** How many times somebody wanted to know the limits. */
  looks = 0;
  readonly limits: { global: number; perPlugin: number; queue: number };

  constructor(limits: Partial<ConcurrencyLimits> = {}) {
    this.limits = { global: 1, perPlugin: Infinity, queue: 100, ...limits };
    this.queue = new CallQueue(() => {
      this.looks += 1;
      return this.limits;
    });
  }

  ask(name: string, request: Partial<TurnRequest> = {}): Promise<void> {
    const turn = this.queue.turn({ plugin: name, priority: 0, signal: NEVER, depth: 1, ...request });
    return turn.then((end) => { this.begun.push(name); this.ends.set(name, end); });
  }

  async end(name: string): Promise<void> {
    this.ends.get(name)?.();
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

describe('CallQueue', () => {
  it('gives turns in the order in which they were asked for', async () => {
    const at = new QueueAtHand();
    for (const name of ['a', 'b', 'c']) void at.ask(name);
    await at.end('a');
    expect([at.begun, at.queue.running, at.queue.waiting]).to.deep.equal([['a'], 1, 2]);
    await at.end('a');
    await at.end('b');
    expect(at.begun).to.deep.equal(['a', 'b', 'c']);
  });

  it('ends a turn once', async () => {
    const at = new QueueAtHand();
    await at.ask('a');
    void at.ask('b');
    void at.ask('c');
    await at.end('a');
    await at.end('a');
    expect([at.begun, at.queue.running]).to.deep.equal([['a', 'b'], 1]);
  });

  it('lets who asks for less not wait for who asks for much', async () => {
    const at = new QueueAtHand({ global: 2 });
    for (let call = 0; call < 4; call += 1) void at.ask(`greedy ${String(call)}`, { plugin: 'greedy' });
    void at.ask('modest', { plugin: 'modest' });
    await at.end('none');
    await at.end('greedy 0');
    expect(at.begun).to.deep.equal(['greedy 0', 'greedy 1', 'modest']);
  });

  it('gives turns by priority', async () => {
    const at = new QueueAtHand();
    await at.ask('first');
    void at.ask('low', { priority: -1 });
    void at.ask('usual');
    void at.ask('high', { priority: 5 });
    for (const name of ['first', 'high', 'usual']) await at.end(name);
    expect(at.begun).to.deep.equal(['first', 'high', 'usual', 'low']);
  });

  it('bounds how many of one plugin work', async () => {
    const at = new QueueAtHand({ global: 9, perPlugin: 1 });
    void at.ask('one', { plugin: 'p' });
    void at.ask('two', { plugin: 'p' });
    void at.ask('other', { plugin: 'q' });
    await at.end('none');
    expect(at.begun).to.deep.equal(['one', 'other']);
    await at.end('one');
    expect(at.begun).to.deep.equal(['one', 'other', 'two']);
  });

  it('refuses those who come when too many wait', async () => {
    const at = new QueueAtHand({ queue: 1 });
    await at.ask('a');
    void at.ask('b');
    await failure('QUEUE_FULL', at.ask('c'));
    await at.end('a');
    void at.ask('d');
    expect(at.queue.waiting).to.equal(1);
  });

  it('gives who works for one that waits a turn at once', async () => {
    const at = new QueueAtHand({ queue: 0 });
    await at.ask('outer');
    await at.ask('inner', { depth: 2 });
    expect(at.queue.running).to.equal(2);
  });

  it('gives one of many who work for others a turn beyond the limits, and one of those who work for that', async () => {
    const at = new QueueAtHand();
    await at.ask('outer');
    for (const name of ['inner', 'other']) void at.ask(name, { depth: 2 });
    for (const name of ['innermost', 'last']) void at.ask(name, { depth: 3 });
    await at.end('none');
    expect([at.begun, at.queue.waiting]).to.deep.equal([['outer', 'inner', 'innermost'], 2]);
    for (const name of ['innermost', 'last', 'inner']) await at.end(name);
    expect(at.begun).to.deep.equal(['outer', 'inner', 'innermost', 'last', 'other']);
  });

  it('gives those with nothing else to tell them apart turns in the order in which they asked, whoever they are', async () => {
    const at = new QueueAtHand();
    await at.ask('first');
    for (const [index, plugin] of ['p', 'q', 'q', 'p'].entries()) void at.ask(`${plugin}${String(index)}`, { plugin });
    for (const name of ['first', 'p0', 'q1', 'q2']) await at.end(name);
    expect(at.begun).to.deep.equal(['first', 'p0', 'q1', 'q2', 'p3']);
  });

  it('looks at no more, each time, where very many wait', async () => {
    const at = new QueueAtHand({ queue: Infinity });
    for (let call = 0; call < 1000; call += 1) void at.ask(String(call), { plugin: 'p', signal: new AbortController().signal });
    await at.end('none');
    for (let call = 0; call < 1000; call += 1) await at.end(String(call));
    expect(at.begun).to.have.lengthOf(1000);
    expect(at.looks).to.be.below(5000);
  });

  it('heeds it at once when more may work, those first who have waited', async () => {
    const at = new QueueAtHand();
    for (const name of ['a', 'b', 'c']) void at.ask(name);
    at.limits.global = 2;
    at.queue.heedLimits();
    await at.end('none');
    expect(at.begun).to.deep.equal(['a', 'b']);
    at.limits.global = 3;
    void at.ask('d');
    await at.end('none');
    expect([at.begun, at.queue.waiting]).to.deep.equal([['a', 'b', 'c'], 1]);
  });

  it('forgets who does not want any more', async () => {
    const at = new QueueAtHand();
    await at.ask('a');
    const controller = new AbortController();
    const left = at.ask('b', { signal: controller.signal }).catch((error: unknown) => error);
    void at.ask('c');
    controller.abort('enough');
    expect(await left).to.equal('enough');
    await at.end('a');
    expect(at.begun).to.deep.equal(['a', 'c']);
    expect(await at.ask('d', { signal: AbortSignal.abort('never') }).catch((error: unknown) => error)).to.equal('never');
  });
});
