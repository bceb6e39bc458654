import { Duplex, PassThrough } from 'node:stream';
import { expect } from 'chai';
import { frameChannel, frameOf } from '#internal/core/execution/remote/process/frame-channel.js';
import type { Message } from '#internal/core/execution/remote/protocol.js';
import type { Channel } from '#internal/core/execution/remote/channel.js';
import { failure } from '../../../support/errors.js';

const MOST = 4096;

/** The host's end of a channel, what it took, and a way to write to it from the other side. */
function channelAtHand(): { readonly received: unknown[]; readonly violations: string[]; readonly pipe: PassThrough; readonly write: (...pieces: readonly Uint8Array[]) => Promise<void>; readonly channel: ReturnType<typeof frameChannel> } {
  const received: unknown[] = [];
  const violations: string[] = [];
  const pipe = new PassThrough();
  const messages = Duplex.from({ readable: pipe, writable: new PassThrough() });
  const channel = frameChannel({ messages, waited: new PassThrough() }, MOST, { receive: (message) => { received.push(message); }, violated: (reason) => { violations.push(reason); }, closed: () => undefined });
  const write = async (...pieces: readonly Uint8Array[]): Promise<void> => {
    for (const piece of pieces) pipe.write(piece);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
  };
  return { received, violations, pipe, write, channel };
}

function frame(header: string | Uint8Array, body: Uint8Array = new Uint8Array(), lengths: readonly [number, number] = [Buffer.byteLength(header), body.length]): Buffer {
  const start = Buffer.alloc(8);
  start.writeUInt32BE(lengths[0], 0);
  start.writeUInt32BE(lengths[1], 4);
  return Buffer.concat([start, Buffer.from(header as string), body]);
}

const NOTICE: Message = { kind: 'notice', method: 'hello', data: new Map([['bytes', new Uint8Array([1, 2])]]) };

describe('the host\'s end of the pipes to a guest', () => {
  it('takes messages, however they are divided', async () => {
    const { received, violations, write } = channelAtHand();
    const whole = Buffer.concat(frameOf(NOTICE, MOST));
    await write(whole, whole.subarray(0, 3), whole.subarray(3, 11), whole.subarray(11));
    await write(...[...whole].map((byte) => new Uint8Array([byte])));
    expect(violations).to.deep.equal([]);
    expect(received).to.have.lengthOf(3);
    for (const message of received) expect(message).to.deep.equal(NOTICE);
  });

  it('takes many messages one after the other', async () => {
    const { received, write } = channelAtHand();
    const whole = Buffer.concat(frameOf(NOTICE, MOST));
    await write(Buffer.concat(Array.from({ length: 2000 }, () => whole)));
    expect(received).to.have.lengthOf(2000);
  });

  const hostile: Readonly<Record<string, Buffer>> = {
    'a header that is too long': frame('', undefined, [2 ** 20, 0]),
    'a body that is too long': frame('{}', undefined, [2, 2 ** 20]),
    'both that are too long together': frame('', undefined, [2 ** 19, 2 ** 19]),
    'a request that is too long': frame(`{"kind":"request","id":"x","method":"x","data":"${'x'.repeat(MOST)}"}`),
    'the largest lengths there are': frame('', undefined, [0xffffffff, 0xffffffff]),
    'no JSON': frame('{"kind":'),
    'no object': frame('"text"'),
    'a list': frame('[]'),
    'null': frame('null'),
    'no UTF-8': frame(new Uint8Array([0x7b, 0xff, 0x7d])),
    'a key __proto__': frame('{"kind":"notice","method":"x","data":{"__proto__":{"polluted":true}}}'),
    'an empty header': frame(''),
    'bytes of nothing': frame('{"kind":"notice","method":"x","data":1}', new Uint8Array([1, 2, 3])),
    'text that is no frame': Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  };
  for (const [what, bytes] of Object.entries(hostile)) {
    it(`says that the protocol was broken, and takes nothing more, at ${what}`, async () => {
      const { received, violations, write } = channelAtHand();
      await write(bytes);
      await write(Buffer.concat(frameOf(NOTICE, MOST)));
      expect(violations).to.have.lengthOf(1);
      expect(received).to.deep.equal([]);
      expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
    });
  }

  describe('to a guest that takes nothing', () => {
    const violations: string[] = [];
    let channel: Channel;

    beforeEach(() => {
      violations.length = 0;
      const full = new Duplex({ read: () => undefined, write: () => undefined });
      channel = frameChannel({ messages: full, waited: full }, MOST, { receive: () => undefined, violated: (reason) => { violations.push(reason); }, closed: () => undefined }, { answers: 3, bytes: 1000 });
    });

    it('sends whatever the host asks of it', () => {
      for (let call = 0; call < 5; call += 1) channel.send({ kind: 'request', id: String(call), method: 'execute', data: 'x'.repeat(3000) });
      channel.send({ kind: 'notice', method: 'cancel', data: undefined });
      expect(violations).to.deep.equal([]);
    });

    it('sends an answer as large as a message may be, beside others', () => {
      for (const length of [100, 3000, 100]) channel.send({ kind: 'answer', id: 'x', data: 'x'.repeat(length) });
      expect(violations).to.deep.equal([]);
    });

    it('says that the protocol was broken where it asks for more than it takes', () => {
      for (const length of [600, 600, 600]) channel.send({ kind: 'answer', id: 'x', data: 'x'.repeat(length) });
      expect(violations).to.have.lengthOf(1);
    });

    it('says that the protocol was broken where it asks for more than once', () => {
      for (let answer = 0; answer < 4; answer += 1) channel.sendWaited({ kind: 'answer', id: 'x', data: 1 });
      expect(violations).to.have.lengthOf(1);
    });
  });

  it('sends of errors as much as there is room for, and of what is the host\'s own all', async () => {
    const { channel } = channelAtHand();
    for (const kind of ['notice', 'failure'] as const) {
      const of = (text: string): Message => ({ kind, id: 'x', method: 'x', data: { type: 'value', value: text } });
      channel.send(of('x'.repeat(2 * MOST)));
      await failure('MESSAGE_TOO_LARGE', () => { channel.send(of('x'.repeat(2 ** 20))); });
    }
    const request: Message = { kind: 'request', id: 'x', method: 'x', data: 'x'.repeat(2 * MOST) };
    channel.send(request, () => 2 * MOST);
    await failure('MESSAGE_TOO_LARGE', () => { channel.send(request, () => MOST); });
  });

  it('sends no message that is larger than it may be, or holds no data', async () => {
    const { channel } = channelAtHand();
    await failure('MESSAGE_TOO_LARGE', () => { channel.send({ kind: 'answer', id: 'much', data: 'x'.repeat(MOST) }); });
    await failure('MESSAGE_TOO_LARGE', () => { channel.sendWaited({ kind: 'answer', id: 'much', data: new Uint8Array(MOST) }); });
    expect(() => { channel.send({ kind: 'notice', method: 'code', data: () => 1 }); }).to.throw(DOMException);
    channel.send({ kind: 'notice', method: 'little', data: 1 });
  });
});
