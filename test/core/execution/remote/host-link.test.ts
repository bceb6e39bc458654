import { expect } from 'chai';
import type { Message } from '#internal/core/execution/remote/protocol.js';
import { HostLink } from '#internal/core/guest/host-link.js';

/** Bytes of one message. */
const MOST = 1000;

/** The way of a guest to a host that a test answers for. */
class LinkAtHand {
  /** What has left and is not answered yet: methods. */
  readonly sent: string[] = [];
  readonly #ids: string[] = [];
  #receive: (message: unknown) => void = () => undefined;
  readonly link: HostLink;

  /** Data is a number: how many bytes its message has. */
  constructor() {
    const send = (message: Message): number => {
      if (message.kind !== 'request') return 0;
      this.#ids.push(message.id);
      this.sent.push(message.method);
      return message.data as number;
    };
    const never = (): never => { throw new Error('It is not asked for.'); };
    this.link = new HostLink({ send, sendWaited: never, waitFor: never, limit: () => undefined, listen: (receive) => { this.#receive = receive; } }, {}, (error) => error);
    this.link.listen(() => undefined);
    this.link.limit(MOST);
  }

  /** The host answers what it was asked first. */
  async answer(): Promise<void> {
    this.sent.shift();
    this.#receive({ kind: 'answer', id: this.#ids.shift(), data: undefined });
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}

describe('HostLink', () => {
  it('asks for what may be large bit by bit, in the order in which it is to', async () => {
    const at = new LinkAtHand();
    const answered: number[] = [];
    for (let run = 0; run < 40; run += 1) void at.link.request('run', 1).then(() => answered.push(run));
    void at.link.request('confirm', 1);
    expect(at.sent).to.deep.equal([...Array<string>(16).fill('run'), 'confirm']);
    await at.answer();
    expect([answered, at.sent.length]).to.deep.equal([[0], 17]);
    while (at.sent.length > 0) await at.answer();
    expect(answered).to.deep.equal(Array.from({ length: 40 }, (_, run) => run));
  });

  it('has no more under way than a host takes, and tells what happens meanwhile', async () => {
    const at = new LinkAtHand();
    for (const method of ['run', 'confirm', 'service']) void at.link.request(method, 900);
    expect(at.sent).to.deep.equal(['run', 'confirm']);
    void at.link.tell(100);
    void at.link.send('replacement', 900);
    void at.link.tell(50);
    expect(at.sent).to.deep.equal(['run', 'confirm', 'tell', 'replacement']);
    await at.answer();
    expect(at.sent).to.deep.equal(['confirm', 'tell', 'replacement', 'tell']);
    await at.answer();
    expect(at.sent).to.deep.equal(['tell', 'replacement', 'tell']);
    await at.answer();
    expect(at.sent).to.deep.equal(['replacement', 'tell', 'service']);
  });
});
