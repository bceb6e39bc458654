import { expect } from 'chai';
import type { Broker } from '@structum/core';
import type { CommandCall } from '#internal/core/execution/executor.js';
import { GuestSession, type GuestEnd } from '#internal/core/execution/remote/guest-session.js';
import type { ExecuteRequest, Message, OpenRequest } from '#internal/core/execution/remote/protocol.js';
import { createLogger } from '#internal/core/monitoring/index.js';
import { failure } from '../../../support/errors.js';

/** A session with a guest that is none. */
class SessionAtHand {
  readonly sent: Message[] = [];
  #receive: (message: unknown) => void = () => undefined;
  #ended: (end: GuestEnd) => void = () => undefined;
  readonly session = new GuestSession((listener) => {
    this.#receive = (message) => { listener.receive(message); };
    return {
      label: 'fake', begin: () => undefined, printed: () => Promise.resolve(undefined), ref: () => undefined, unref: () => undefined,
      channel: { send: (message) => this.sent.push(message), sendWaited: (message) => { this.sent.push(message); } },
      kill: () => { this.end(); },
      ended: new Promise((resolve) => { this.#ended = resolve; }),
    };
  }, { plugin: 'p', logger, limits: {}, services: () => ({}), broker: {} as Broker, warn: () => undefined, grace: 10, write: undefined });

  /** The guest says something. */
  say(message: object): void {
    this.#receive(message);
  }

  /** The guest answers what it was asked first. */
  answer(data: unknown): void {
    const [asked] = this.sent;
    if (asked?.kind === 'request') this.#receive({ kind: 'answer', id: asked.id, data });
  }

  /** The guest is gone. */
  end(): void {
    this.#ended({ how: 'was ended by SIGKILL' });
  }

  /** Has it carry out a call, which it hears of. */
  execute(): Promise<unknown> {
    return this.session.execute(call, {} as ExecuteRequest);
  }
}

/** How many have been logged. */
let lines = 0;

const logger = createLogger({ level: 'info', write: () => { lines += 1; } });

/** As much of a call as the session needs. */
const call = { context: { signal: new AbortController().signal, logger, command: 'c' }, chain: [], onTurn: () => undefined, onStart: () => undefined } as unknown as CommandCall;

describe('GuestSession', () => {
  it('takes up a plugin only with a guest of its own version of the protocol', async () => {
    const open = { version: 5, limits: { load: 1 } } as OpenRequest;
    const came = { load: 1, activate: 2, isChecked: true };
    const opened = (answer: object): Promise<unknown> => {
      const at = new SessionAtHand();
      const result = at.session.open(open, 10_000);
      at.answer(answer);
      return result;
    };
    expect((await failure('GUEST_VERSION_MISMATCH', opened({ version: 4, ...came }))).details).to.deep.equal({ plugin: 'p', version: 4, expected: 5 });
    await failure('GUEST_VERSION_MISMATCH', opened(came));
    expect(await opened({ version: 5, ...came })).to.deep.equal(came);
  });

  it('hears that a command began once, and before it answers', async () => {
    const begun = { kind: 'request', method: 'tell', data: { call: '1', news: [{ started: true }] } };
    const twice = new SessionAtHand();
    const other = twice.execute();
    for (const id of ['x', 'y']) twice.say({ ...begun, id });
    await failure('PROTOCOL_VIOLATION', other);
    const never = new SessionAtHand();
    const another = never.execute();
    never.answer({ result: 1, memory: 1 });
    await failure('PROTOCOL_VIOLATION', another);
    const once = new SessionAtHand();
    const answer = once.execute();
    once.say({ ...begun, id: 'x' });
    once.answer({ result: 1, memory: 1 });
    expect(await answer).to.equal(1);
  });

  it('lets others have their turn while much is logged', async () => {
    const at = new SessionAtHand();
    const before = lines;
    const records = new Array<object>(200_000).fill({ level: 'info', message: 'x', fields: {}, errors: {} });
    at.say({ kind: 'request', id: 'x', method: 'log', data: { records } });
    await new Promise((resolve) => { setImmediate(resolve); });
    expect(lines - before).to.be.below(records.length);
    while (at.sent.length === 0) await new Promise((resolve) => { setImmediate(resolve); });
    expect(lines - before).to.equal(records.length);
    await at.session.close(0);
  });

  it('is lost where its guest ends by itself before it says anything of a call', async () => {
    const at = new SessionAtHand();
    const answer = at.execute();
    at.end();
    await failure('PLUGIN_CRASHED', answer);
    expect(at.session.isLost).to.equal(true);
  });

  it('is not lost where the call had begun, or the host ended the guest', async () => {
    const begun = new SessionAtHand();
    const answer = begun.execute();
    begun.say({ kind: 'request', id: 'x', method: 'tell', data: { call: '1', news: [{ started: true }] } });
    begun.end();
    await failure('PLUGIN_CRASHED', answer);
    const ended = new SessionAtHand();
    const other = ended.execute();
    ended.session.end();
    await failure('DISPOSED', other);
    expect([begun.session.isLost, ended.session.isLost]).to.deep.equal([false, false]);
  });
});
