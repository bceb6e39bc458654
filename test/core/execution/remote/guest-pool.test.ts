import { expect } from 'chai';
import { GuestPool, type GuestKind } from '#internal/core/execution/remote/guest-pool.js';
import type { GuestSession } from '#internal/core/execution/remote/guest-session.js';
import { PluginUnit } from '#internal/core/plugins/plugin-unit.js';
import { failure } from '../../../support/errors.js';
import { manifestOf } from '../../../support/plugin-package.js';

/** Stands for a guest: there is nothing to start. */
class FakeGuest {
  isAlive = true;
  isKept = true;
  isLost = false;
  readonly memory = { first: 1, last: 1 };
  readonly label: string;
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;

  constructor(label: string) {
    this.label = label;
    this.ended = new Promise((resolve) => { this.#end = resolve; });
  }

  ref(): void { this.isKept = true; }
  unref(): void { this.isKept = false; }

  close(): Promise<void> {
    this.isAlive = false;
    this.#end();
    return this.ended;
  }
}

/** A pool of guests that are none, by the order in which they were started. */
class PoolAtHand {
  readonly guests: FakeGuest[] = [];
  readonly mostIdle = { global: 100, perPlugin: 100 };
  readonly pool = new GuestPool({
    patience: 10,
    mostIdle: () => this.mostIdle,
    open: () => {
      const guest = new FakeGuest(String(this.guests.length + 1));
      this.guests.push(guest);
      return Promise.resolve({ session: guest as unknown as GuestSession, answer: { load: 1, activate: 1, isChecked: false } });
    },
  });

  /** Which guest does some work of that kind, once `until` is over. */
  use(kind: GuestKind, until: Promise<unknown> = Promise.resolve()): Promise<string> {
    return this.pool.use(kind, async ({ label }) => { await until; return label; });
  }

  serve(kind: GuestKind, until: Promise<unknown> = Promise.resolve()): Promise<string> {
    return this.pool.serve(kind, async ({ label }) => { await until; return label; });
  }

  share(kind: GuestKind, until: Promise<unknown> = Promise.resolve()): Promise<string> {
    return this.pool.share(kind, async ({ label }) => { await until; return label; });
  }
}

function unitOf(name: string): PluginUnit {
  return new PluginUnit(manifestOf(name), { file: `/${name}.js` }, { source: { kind: 'given', label: `/${name}.js` } });
}

function kindOf(unit: PluginUnit, more: Partial<GuestKind> = {}): GuestKind {
  return { unit, key: unit.name, limits: {}, starter: () => Promise.reject(new Error('It is a fake.')), ...more };
}

function held(): { readonly until: Promise<void>; readonly release: () => void } {
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => { release = resolve; });
  return { until, release };
}

describe('GuestPool', () => {
  it('has a guest that waits do the next work of its kind, and starts others beside one at work', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    expect([await at.use(kind), await at.use(kind)]).to.deep.equal(['1', '1']);
    const { until, release } = held();
    const first = at.use(kind, until);
    expect(await at.use(kind)).to.equal('2');
    release();
    expect([await first, await at.use(kindOf(kind.unit, { key: 'other' }))]).to.deep.equal(['1', '3']);
    await at.pool.dispose();
  });

  it('keeps the process of its host running for work only', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    await at.pool.warm(kind);
    expect(at.guests[0]?.isKept).to.equal(false);
    const { until, release } = held();
    const shared = at.share(kind, until);
    expect(await at.share(kind)).to.equal('1');
    expect(at.guests[0]?.isKept).to.equal(true);
    release();
    await shared;
    expect(at.guests.map(({ isKept }) => isKept)).to.deep.equal([false]);
    await at.pool.dispose();
  });

  it('has one guest of a plugin share work, also where several ask at once', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    const { until, release } = held();
    const both = [at.share(kind, until), at.share(kind, until)];
    release();
    expect(await Promise.all(both)).to.deep.equal(['1', '1']);
    await at.pool.dispose();
  });

  it('has none serve and carry out a call at once', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    const { until, release } = held();
    const served = [at.serve(kind, until), at.serve(kind, until)];
    const used = at.use(kind, until);
    expect(await at.serve(kind)).to.equal('1');
    release();
    expect([...await Promise.all(served), await used]).to.deep.equal(['1', '1', '2']);
    const { until: later, release: end } = held();
    const call = at.use(kind, later);
    expect([await at.serve(kind), at.guests.length]).to.deep.equal(['2', 2]);
    end();
    expect(await call).to.equal('1');
    await at.pool.dispose();
  });

  it('has one whose processor time is limited serve once', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'), { limits: { cpuTime: 5 } });
    expect([await at.serve(kind), await at.serve(kind), at.pool.size]).to.deep.equal(['1', '2', 0]);
  });

  it('does not use one that has ended while it waited', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    await at.use(kind);
    await at.guests[0]?.close();
    expect([await at.use(kind), at.pool.size]).to.deep.equal(['2', 1]);
    await at.pool.dispose();
  });

  it('has a fresh one do the work of one that was gone when it was to begin, once', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    const lose = async (): Promise<string> => {
      return at.pool.use(kind, async ({ label }) => {
        const guest = at.guests[Number(label) - 1];
        if (guest === undefined || label === '2') return label;
        guest.isLost = true;
        await guest.close();
        throw new Error('It is gone.');
      });
    };
    await at.use(kind);
    expect(await lose()).to.equal('2');
    await at.guests[1]?.close();
    expect(await lose().catch((error: unknown) => error)).to.include({ message: 'It is gone.' });
    expect(at.guests).to.have.lengthOf(3);
    await at.pool.dispose();
  });

  it('uses one whose processor time is limited once', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'), { limits: { cpuTime: 5 } });
    expect([await at.use(kind), await at.use(kind)]).to.deep.equal(['1', '2']);
    expect(at.pool.size).to.equal(0);
  });

  it('ends one that has grown', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    await at.pool.use(kind, () => {
      const [guest] = at.guests;
      if (guest !== undefined) guest.memory.last = 2 ** 40;
      return Promise.resolve();
    });
    expect(await at.use(kind)).to.equal('2');
    await at.pool.dispose();
  });

  it('ends one that its work has used up, and has none share it any more', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'), { isUsedUpBy: (error) => error === 'all' });
    const fail = (error: unknown): Promise<unknown> => at.pool.use(kind, () => Promise.reject(error as Error)).catch(() => undefined);
    await fail('some');
    const { until, release } = held();
    const shared = at.share(kind, until);
    await fail('all');
    expect([await at.share(kind), await at.use(kind), at.guests[0]?.isAlive]).to.deep.equal(['2', '2', true]);
    release();
    expect([await shared, at.guests[0]?.isAlive]).to.deep.equal(['1', false]);
    await at.pool.dispose();
  });

  it('ends one that may do what one call grants with that call', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'), { isOfOneCall: true });
    await at.pool.warm(kind);
    expect([await at.use(kind), at.pool.size]).to.deep.equal(['1', 0]);
    await at.pool.use(kind, () => Promise.reject(new Error('It fails.'))).catch(() => undefined);
    expect([at.guests.length, at.pool.size]).to.deep.equal([2, 0]);
  });

  it('shares none of another kind', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    const { until, release } = held();
    const granted = at.use(kindOf(kind.unit, { key: 'granted', isOfOneCall: true }), until);
    expect(await at.share(kind)).to.equal('2');
    release();
    await granted;
    expect(await at.share(kind)).to.equal('2');
    await at.pool.dispose();
  });

  it('ends those that have waited longest where more wait than may', async () => {
    const at = new PoolAtHand();
    Object.assign(at.mostIdle, { global: 3, perPlugin: 2 });
    const [unit, other] = [unitOf('p'), unitOf('q')];
    for (const key of ['a', 'b', 'a', 'c']) await at.use(kindOf(unit, { key }));
    expect(at.guests.map(({ isAlive }) => isAlive)).to.deep.equal([true, false, true]);
    for (const key of ['d', 'e']) await at.use(kindOf(other, { key }));
    expect(at.guests.map(({ isAlive }) => isAlive)).to.deep.equal([false, false, true, true, true]);
    await at.pool.dispose();
  });

  it('keeps as many as are to be ready', async () => {
    const at = new PoolAtHand();
    Object.assign(at.mostIdle, { global: 1, perPlugin: 1 });
    await at.pool.keepReady(kindOf(unitOf('p')), 3);
    await at.use(kindOf(unitOf('q')));
    expect(at.pool.size).to.equal(4);
    await at.pool.dispose();
  });

  it('retires those of a plugin, each when its work has ended, and starts none for it', async () => {
    const at = new PoolAtHand();
    const [retired, other] = [kindOf(unitOf('p')), kindOf(unitOf('q'))];
    const { until, release } = held();
    const working = at.use(retired, until);
    await at.use(retired);
    await at.use(other);
    let isRetired = false;
    const retirement = at.pool.retire(retired.unit).then(() => { isRetired = true; });
    await new Promise((resolve) => { setImmediate(resolve); });
    expect([isRetired, at.guests.map(({ isAlive }) => isAlive)]).to.deep.equal([false, [true, false, true]]);
    release();
    await Promise.all([working, retirement]);
    expect([at.pool.has(retired.unit), at.pool.has(other.unit)]).to.deep.equal([false, true]);
    await failure('DISPOSED', at.share(retired));
    await at.pool.dispose();
  });

  it('ends all of them, also those on their way up', async () => {
    const at = new PoolAtHand();
    const kind = kindOf(unitOf('p'));
    const coming = at.pool.warm(kind);
    await Promise.all([at.pool.dispose(), coming]);
    expect([at.pool.size, at.guests.map(({ isAlive }) => isAlive)]).to.deep.equal([0, [false]]);
  });
});
