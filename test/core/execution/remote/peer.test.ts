import { expect } from 'chai';
import { StructumError } from '@structum/core';
import { Peer, type Handlers, type PeerOptions } from '#internal/core/execution/remote/peer.js';
import type { Message } from '#internal/core/execution/remote/protocol.js';
import { ProtocolViolation } from '#internal/core/execution/wire/protocol-violation.js';

/** A peer whose messages a test sees, and gives. */
class PeerAtHand {
  readonly sent: Message[] = [];
  readonly waited: Message[] = [];
  readonly violations: string[] = [];
  readonly peer: Peer;

  constructor(handlers: Handlers = {}, options: Partial<PeerOptions> & { readonly canSend?: (message: Message) => void } = {}) {
    const { canSend = () => undefined, ...more } = options;
    this.peer = new Peer({
      send: (message) => { canSend(message); return this.sent.push(message); },
      sendWaited: (message) => { canSend(message); this.waited.push(message); },
    }, { handlers, nonce: 'nonce', inFlight: 2, bytesInFlight: 100, mostNotices: 2, onViolation: (reason) => { this.violations.push(reason); }, ...more });
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

function tooLarge(message: Message): void {
  if (JSON.stringify(message).length > 600) throw new RangeError('too large');
}

describe('Peer', () => {
  it('gives the answer to what it asked, whichever comes first', async () => {
    const { peer, sent } = new PeerAtHand();
    const answers = [peer.request('one', 1), peer.request('two', 2)];
    const [first, second] = sent as { id: string; kind: string; method: string; data: unknown }[];
    expect(first).to.include({ kind: 'request', method: 'one', data: 1 });
    peer.receive({ kind: 'answer', id: second?.id, data: 'b' });
    peer.receive({ kind: 'failure', id: first?.id, data: { type: 'error', name: 'TypeError', message: 'no', causes: [] } });
    expect(await answers[1]).to.equal('b');
    expect(await answers[0]?.catch((error: unknown) => error)).to.be.instanceOf(TypeError);
  });

  it('answers what it is asked, with what it throws too', async () => {
    const { peer, sent } = new PeerAtHand({ add: (data) => (data as number) + 1, fail: () => { throw new RangeError('far'); } });
    peer.receive({ kind: 'request', id: 'x', method: 'add', data: 1 });
    peer.receive({ kind: 'request', id: 'y', method: 'fail', data: 1 });
    await settled();
    const [answered, failed] = ['answer', 'failure'].map((kind) => sent.find((message) => message.kind === kind));
    expect(answered).to.deep.equal({ kind: 'answer', id: 'x', data: 2 });
    expect(failed).to.nested.include({ 'id': 'y', 'data.message': 'far' });
  });

  it('answers at once who waits with his thread, or says that it does so later', async () => {
    const { peer, sent, waited } = new PeerAtHand({ now: () => 'here', later: () => Promise.resolve('there'), fail: () => { throw new RangeError('far'); } });
    for (const method of ['now', 'later', 'fail']) peer.receive({ kind: 'wait', id: method, method, data: undefined });
    expect(waited.slice(0, 2)).to.deep.equal([{ kind: 'answer', id: 'now', data: { value: 'here' } }, { kind: 'answer', id: 'later', data: { isLater: true } }]);
    expect(waited[2]).to.include({ kind: 'failure', id: 'fail' });
    await settled();
    expect(sent).to.deep.equal([{ kind: 'answer', id: 'later', data: 'there' }]);
  });

  it('takes what breaks the protocol for that, and goes on as it is', () => {
    const { peer, sent, violations } = new PeerAtHand({ hang: () => new Promise(() => undefined), picky: () => { throw new ProtocolViolation('odd data'); } });
    void peer.request('mine', 1);
    const [mine] = sent as { id: string }[];
    const messages: unknown[] = [
      null, 'text', 5, [], {}, { kind: 'other' }, { kind: 'request', id: 'a', method: 'unknown' }, { kind: 'request', id: 'a', method: 'toString' }, { kind: 'request', id: 'a', method: '__proto__' },
      { kind: 'request', id: 5, method: 'hang' }, { kind: 'request', id: 'x'.repeat(65), method: 'hang' }, { kind: 'answer', id: 'guess' }, { kind: 'notice', method: 'picky' }, { kind: 'wait', id: 'w', method: 'picky' }, { kind: 'wait', id: 'w', method: 'unknown' },
    ];
    for (const message of messages) peer.receive(message);
    expect(violations).to.have.lengthOf(messages.length);
    peer.receive({ kind: 'answer', id: mine?.id, data: 1 });
    peer.receive({ kind: 'answer', id: mine?.id, data: 1 });
    expect(violations.at(-1)).to.equal('an answer that nobody waits for');
  });

  it('answers no more at once than it is meant to, and each id once', () => {
    const { peer, violations } = new PeerAtHand({ hang: () => new Promise(() => undefined) });
    for (const id of ['a', 'a', 'b', 'c']) peer.receive({ kind: 'request', id, method: 'hang', data: 1 });
    expect(violations).to.deep.equal(['two requests under one id', 'too many requests at once']);
  });

  it('holds no more bytes of what it is asked than it is meant to, and takes no more notices', async () => {
    let end = (): void => undefined;
    const { peer, violations } = new PeerAtHand({ hang: () => new Promise<void>((resolve) => { end = resolve; }) }, { notices: { heed: () => undefined } });
    peer.receive({ kind: 'request', id: 'a', method: 'hang', data: 1 }, 90);
    end();
    await settled();
    peer.receive({ kind: 'request', id: 'b', method: 'hang', data: 1 }, 90);
    expect(violations).to.deep.equal([]);
    peer.receive({ kind: 'request', id: 'c', method: 'hang', data: 1 }, 11);
    for (let sent = 0; sent < 3; sent += 1) peer.receive({ kind: 'notice', method: 'heed', data: 1 });
    await settled();
    expect(violations).to.deep.equal(['too much at once', 'too many notices']);
  });

  it('tells in short what cannot be told in full', async () => {
    const { peer, sent, waited } = new PeerAtHand({ much: () => 'x'.repeat(1000), fail: () => { throw new Error('y'.repeat(1000)); } }, { canSend: tooLarge, inFlight: 10 });
    for (const method of ['much', 'fail']) for (const kind of ['request', 'wait']) peer.receive({ kind, id: `${kind} ${method}`, method, data: 1 });
    await settled();
    const texts = [...sent, ...waited].map((message) => (message.kind === 'failure' && message.data.type !== 'value' ? message.data.message : undefined));
    expect(texts).to.have.members(['too large', `${'y'.repeat(99)}…`, 'too large', `${'y'.repeat(99)}…`]);
  });

  it('tells of an error whatever it is, with what tells it from others', () => {
    const { peer, sent } = new PeerAtHand({}, { canSend: tooLarge });
    peer.notify('cancel', new DOMException('late', 'TimeoutError'), { call: '1' });
    peer.notify('cancel', new StructumError({ code: 'MUCH', message: 'Too much.', hint: 'Less.', cause: new Error('z'.repeat(1000)) }), { call: '2' });
    peer.notify('cancel', 'z'.repeat(1000));
    const told = (sent as { data: { error: object } }[]).map(({ data }) => data);
    expect(told[0]).to.deep.include({ call: '1' }).and.nested.include({ 'error.type': 'dom-exception', 'error.name': 'TimeoutError', 'error.message': 'late' });
    expect(told[1]).to.deep.equal({ call: '2', error: { type: 'structum-error', name: 'StructumError', message: 'Too much.', code: 'MUCH', hint: 'Less.', exitCode: 1, causes: [{ type: 'error', name: 'Error', message: `${'z'.repeat(99)}…`, causes: [] }] } });
    expect(told[2]).to.deep.equal({ error: { type: 'value', value: `${'z'.repeat(99)}…` } });
  });

  it('says what it means that something cannot be sent', async () => {
    const { peer, sent } = new PeerAtHand({ much: () => 'x'.repeat(1000) }, { canSend: tooLarge, unsendable: (_error, { kind, method, data }) => new Error(`${kind}: ${method} of ${String(data)}`) });
    peer.receive({ kind: 'request', id: 'a', method: 'much', data: 'me' });
    await settled();
    expect(sent[0]).to.nested.include({ 'data.message': 'answer: much of me' });
    expect(await peer.request('ask', 'x'.repeat(1000)).catch((error: unknown) => error)).to.have.property('message', `request: ask of ${'x'.repeat(1000)}`);
  });

  it('rejects what it asks in vain, and says nothing any more when it is closed', async () => {
    const { peer, sent } = new PeerAtHand({ hang: () => settled() });
    const waiting = peer.request('one', 1);
    const unsendable = new PeerAtHand({}, { canSend: () => { throw new RangeError('no data'); } }).peer.request('x', 1);
    expect(await unsendable.catch((error: unknown) => error)).to.be.instanceOf(RangeError);
    peer.receive({ kind: 'request', id: 'a', method: 'hang', data: 1 });
    peer.close(Object.assign(new Error('gone'), { code: 'GONE' }));
    const errors = await Promise.all([waiting, peer.request('two', 2), peer.later('x')].map((each) => each.catch((error: unknown) => (error as { code: string }).code)));
    expect(errors).to.deep.equal(['GONE', 'GONE', 'GONE']);
    peer.notify('more', 1);
    peer.receive(null);
    await settled();
    expect(sent).to.have.lengthOf(1);
  });
});

