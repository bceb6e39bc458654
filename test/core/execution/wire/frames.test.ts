import { expect } from 'chai';
import fc from 'fast-check';
import { encodeFrame, FrameDecoder, type Frame } from '#internal/core/execution/wire/frames.js';
import { ProtocolViolation } from '#internal/core/execution/wire/protocol-violation.js';

const MOST = 16 * 1024 * 1024;

/** The lengths that a frame begins with. */
function prefix(header: number, body: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(header, 0);
  bytes.writeUInt32BE(body, 4);
  return bytes;
}

/** A frame whose header is any text. */
function framed(header: string | Uint8Array, body = ''): Uint8Array {
  const text = Buffer.from(header);
  return Buffer.concat([prefix(text.byteLength, Buffer.byteLength(body)), text, Buffer.from(body)]);
}

/** The same bytes in chunks of these lengths, over and over. */
function* cut(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  for (let start = 0, turn = 0; start < bytes.byteLength; turn += 1) {
    const end = start + (lengths[turn % lengths.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}

function plain({ header, body }: Pick<Frame, 'header' | 'body'>): unknown {
  return { header: JSON.parse(JSON.stringify(header)) as unknown, body: Buffer.from(body).toString('latin1') };
}

describe('frames', () => {
  it('come out as they went in, however they are cut', () => {
    const header = fc.dictionary(fc.string(), fc.jsonValue()).filter((value) => !JSON.stringify(value).includes('"__proto__":'));
    const frame = fc.record({ header, body: fc.array(fc.uint8Array({ maxLength: 40_000, size: 'max' }), { maxLength: 3 }) });
    fc.assert(fc.property(fc.array(frame, { maxLength: 4 }), fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 4 }), (frames, lengths) => {
      const decoder = new FrameDecoder(MOST);
      const bytes = Buffer.concat(frames.flatMap(({ header, body }) => encodeFrame(header, body)));
      const received = [...cut(bytes, lengths)].flatMap((chunk) => decoder.push(chunk));
      expect(received.map(plain)).to.deep.equal(frames.map(({ header, body }) => plain({ header, body: Buffer.concat(body) })));
      expect(decoder.buffered).to.equal(0);
    }), { numRuns: 50 });
  });

  it('come out as soon as they are complete', () => {
    const decoder = new FrameDecoder(MOST);
    const one = framed('{"a":1}', 'one');
    const bytes = Buffer.concat([one, framed('{"b":2}', 'two')]);
    expect(decoder.push(bytes.subarray(0, one.byteLength - 1))).to.deep.equal([]);
    expect(decoder.push(bytes.subarray(one.byteLength - 1, one.byteLength + 9)).map(plain)).to.deep.equal([{ header: { a: 1 }, body: 'one' }]);
    expect(decoder.push(bytes.subarray(one.byteLength + 9)).map(plain)).to.deep.equal([{ header: { b: 2 }, body: 'two' }]);
  });

  it('hold a header without any prototype', () => {
    const [frame] = new FrameDecoder(MOST).push(framed('{"a":[{"b":{}}]}'));
    const header = frame?.header as { a: [{ b: object }] };
    for (const object of [header, header.a[0], header.a[0].b]) expect(Object.getPrototypeOf(object)).to.equal(null);
  });

  it('do not copy what is large', () => {
    const large = new Uint8Array(64 * 1024);
    const pieces = encodeFrame({}, [new Uint8Array(10), large, new Uint8Array(10), new Uint8Array(0), new Uint8Array(10)]);
    expect(pieces.map(({ byteLength }) => byteLength)).to.deep.equal([20, 65_536, 20]);
    expect(pieces[1]).to.equal(large);
  });

  it('of large bodies in small chunks take time in proportion', () => {
    const decoder = new FrameDecoder(MOST);
    const bytes = Buffer.concat(encodeFrame({}, [new Uint8Array(4 * 1024 * 1024)]));
    const received = [...cut(bytes, [3, 1, 64])].flatMap((chunk) => decoder.push(chunk));
    expect(received).to.have.lengthOf(1);
  });

  it('are refused by what they say of their length, before anything of them is held', () => {
    for (const bytes of [prefix(MOST - 7, 0), prefix(2, MOST - 9), prefix(MOST / 2, MOST / 2), prefix(0xffffffff, 0xffffffff), Buffer.from('GET / HTTP/1.1\r\n\r\n')]) {
      const decoder = new FrameDecoder(MOST);
      expect(() => decoder.push(bytes)).to.throw(ProtocolViolation);
      expect(decoder.buffered).to.equal(0);
    }
  });

  it('hold no more than came, whatever they claim', () => {
    const decoder = new FrameDecoder(MOST);
    decoder.push(prefix(2, MOST - 10));
    for (let chunk = 0; chunk < 100; chunk += 1) decoder.push(Buffer.from('x'));
    expect(decoder.buffered).to.equal(100);
  });

  it('are refused where the header is anything but an object of JSON in UTF-8', () => {
    for (const header of ['', ' ', '[]', 'null', '1', '"a"', '{', '{}x', '{"a":undefined}', '\ufeff{}', '{"__proto__":1}', '{"a":[{"\\u005f_proto__":1}]}', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from('{}', 'utf16le')]) {
      expect(() => new FrameDecoder(MOST).push(framed(header)), String(header)).to.throw(ProtocolViolation);
    }
  });

  it('may have a header as deep as it likes', () => {
    expect(new FrameDecoder(MOST).push(framed(`{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}`))).to.have.lengthOf(1);
  });

  it('end at a violation: what comes then is ignored', () => {
    const decoder = new FrameDecoder(MOST);
    expect(() => decoder.push(framed('nonsense'))).to.throw(ProtocolViolation);
    expect(decoder.push(framed('{}'))).to.deep.equal([]);
    expect(decoder.buffered).to.equal(0);
  });

  it('are frames, or a violation, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 10 }), fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 2 }), (chunks, [header = 0, body = 0]) => {
      const decoder = new FrameDecoder(48);
      try {
        decoder.push(prefix(header, body));
        for (const chunk of chunks) decoder.push(chunk);
      } catch (error) {
        expect(error).to.be.instanceOf(ProtocolViolation);
      }
      expect(decoder.buffered).to.be.at.most(48);
    }));
  });
});
