import { expect } from 'chai';
import { manualClock } from '@structum/core/testing';
import { AssertionError } from 'node:assert';

describe('manualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = manualClock('2026-03-01T12:00:00Z');
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    expect(clock.now().toISOString()).to.equal('2026-03-01T12:00:00.000Z');
    await clock.advance(1_500);
    expect(clock.now().toISOString()).to.equal('2026-03-01T12:00:01.500Z');
  });

  it('calls timers in the order in which they are due, each at its own time', async () => {
    const clock = manualClock(0);
    const seen: string[] = [];
    const note = (name: string) => () => { seen.push(`${name} at ${String(clock.now().getTime())}`); };
    clock.setTimeout(note('late'), 30);
    clock.setTimeout(note('early'), 10);
    clock.setTimeout(note('early too'), 10);
    clock.setInterval(note('again'), 15);
    await clock.advance(30);
    expect(seen).to.deep.equal(['early at 10', 'early too at 10', 'again at 15', 'late at 30', 'again at 30']);
    expect(clock.waiting).to.equal(1);
  });

  it('does what follows from a timer before the next one is due', async () => {
    const clock = manualClock(0);
    const seen: number[] = [];
    const work = async (): Promise<void> => {
      for (let step = 0; step < 3; step += 1) {
        await clock.sleep(10);
        await Promise.resolve().then(() => undefined);
        seen.push(clock.now().getTime());
      }
    };
    const done = work();
    await clock.advance(30);
    await done;
    expect(seen).to.deep.equal([10, 20, 30]);
  });

  it('moves to the next timer', async () => {
    const clock = manualClock(0);
    let isCalled = false;
    clock.setTimeout(() => { isCalled = true; }, 86_400_000);
    await clock.next();
    expect({ isCalled, now: clock.now().getTime(), waiting: clock.waiting }).to.deep.equal({ isCalled: true, now: 86_400_000, waiting: 0 });
    await clock.next();
    expect(clock.now().getTime()).to.equal(86_400_000);
  });

  it('forgets a timer that is disposed, also one that is due at the same time', async () => {
    const clock = manualClock(0);
    const seen: string[] = [];
    const second: Disposable[] = [];
    clock.setTimeout(() => { seen.push('first'); second[0]?.[Symbol.dispose](); }, 5);
    second.push(clock.setTimeout(() => { seen.push('second'); }, 5));
    const interval = clock.setInterval(() => { seen.push('interval'); interval[Symbol.dispose](); }, 2);
    await clock.advance(100);
    expect(seen).to.deep.equal(['interval', 'first']);
    expect(clock.waiting).to.equal(0);
  });

  it('wakes a sleeper whose signal is aborted, with the reason', async () => {
    const clock = manualClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(1_000, controller.signal).catch((error: unknown) => error);
    const reason = new Error('not needed any more');
    controller.abort(reason);
    expect(await sleeping).to.equal(reason);
    expect(clock.waiting).to.equal(0);
    expect(await clock.sleep(1, controller.signal).catch((error: unknown) => error)).to.equal(reason);
  });

  it('takes a delay below a millisecond for one, as Node does: what starts itself anew comes to an end', async () => {
    const clock = manualClock(0);
    let calls = 0;
    const again = (): void => {
      calls += 1;
      clock.setTimeout(again, 0);
    };
    clock.setTimeout(again, Number.NaN);
    await clock.advance(0);
    expect(calls).to.equal(0);
    await clock.advance(3);
    expect(calls).to.equal(3);
  });

  it('hands on what a timer throws, and stands at its time', async () => {
    const clock = manualClock(0);
    clock.setTimeout(() => { throw new TypeError('it broke'); }, 5);
    expect(await clock.advance(10).catch((error: unknown) => error)).to.be.an.instanceOf(TypeError);
    expect(clock.now().getTime()).to.equal(5);
  });

  it('does not go back, and does not start at a time that is none', async () => {
    expect(await manualClock().advance(-1).catch((error: unknown) => error)).to.be.an.instanceOf(AssertionError);
    expect(() => manualClock('yesterday')).to.throw(AssertionError, 'a time that is none');
  });
});
