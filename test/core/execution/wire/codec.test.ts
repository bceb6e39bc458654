import { deepStrictEqual } from 'node:assert';
import { expect } from 'chai';
import fc from 'fast-check';
import { decode, encode } from '#internal/core/execution/wire/codec.js';
import { ProtocolViolation } from '#internal/core/execution/wire/protocol-violation.js';

/** What comes out on the other side. */
function travelled(data: unknown): unknown {
  const { value, bytes } = encode(data);
  return decode(JSON.parse(JSON.stringify(value)), Buffer.concat(bytes));
}

/** What comes of JSON that somebody else wrote. */
function received(json: string, body: Uint8Array = new Uint8Array(0)): unknown {
  return decode(JSON.parse(json), body);
}

function violates(json: string, body?: Uint8Array): void {
  expect(() => received(json, body), json).to.throw(ProtocolViolation);
}

/** A list in a list in a list … */
function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let data: unknown = 1;
  for (let level = 0; level < depth; level += 1) data = around(data);
  return data;
}

describe('data on its way to another process', () => {
  it('leaves what JSON knows as it is', () => {
    const data = { name: 'a', sizes: [1, 2.5, -3], nested: { on: true, off: null } };
    expect(encode(data)).to.deep.equal({ value: data, bytes: [] });
    expect(encode(data).value).to.equal(data);
  });

  for (const [what, data] of Object.entries<unknown>({
    undefined,
    'numbers that JSON lacks': [NaN, Infinity, -Infinity, -0, { zero: -0 }],
    'big integers': [0n, -1n, 2n ** 200n, -(2n ** 64n)],
    'dates': [new Date(0), new Date(1e15), new Date(-1)],
    'regular expressions': [/a.b/giu, /\//, new RegExp('')],
    'maps': new Map<unknown, unknown>([['a', 1], [{ key: 1 }, [2]], [NaN, new Map([[undefined, undefined]])]]),
    'sets': new Set<unknown>([1, 'a', [1], new Set([1]), undefined]),
    'boxed primitives': [Object(1), Object('text'), Object(false), Object(10n), Object(NaN)],
    // eslint-disable-next-line no-sparse-arrays -- lists with holes are what this is about
    'lists with holes': [[, 1, , 2, ,], [,], { list: [, undefined] }],
    'lists with names': Object.assign([1, 2], { index: 3, '-1': 4 }),
    'matches': /(?<word>b)/.exec('abc'),
    'keys that look like tags': [{ $: 1 }, { $: ['Date', 0] }, { $: 'undefined', more: undefined }, { $: { $: [] } }],
    'errors': [new Error('it failed', { cause: new TypeError('why') }), new RangeError('far'), Object.assign(new Error(), { lost: 1 }), new Error('caused by nothing', { cause: undefined })],
    'names of an object\'s prototype': JSON.parse('{ "constructor": 1, "toString": 2, "hasOwnProperty": null }') as unknown,
    'unpaired surrogates': '\ud800 \udc00 😀',
    'keys that are numbers': { b: 1, 2: { x: undefined }, 1: undefined, a: undefined },
  })) {
    it(`carries ${what} as structuredClone() does`, () => {
      deepStrictEqual(travelled(data), structuredClone(data));
    });
  }

  it('carries dates that are none', () => {
    expect(travelled(new Date(NaN))).to.be.instanceOf(Date).and.satisfy((date: Date) => Number.isNaN(date.getTime()));
  });

  it('carries every view of bytes', () => {
    const { buffer } = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    const data = [
      new Int8Array(buffer, 1, 3), new Uint8ClampedArray(buffer, 2), new Int16Array(buffer, 2, 1), new Uint16Array(buffer), new Int32Array(buffer, 4, 1), new Uint32Array(buffer),
      new Float32Array(buffer, 8), new Float64Array(buffer, 8, 1), new BigInt64Array(buffer), new BigUint64Array(buffer, 8), new DataView(buffer, 3, 5), new Uint8Array(0), new DataView(new ArrayBuffer(0)), buffer,
    ];
    const copy = travelled(data) as typeof data;
    deepStrictEqual(copy, structuredClone(data));
    expect(new Set(copy.map((view) => (view instanceof ArrayBuffer ? view : view.buffer))).size).to.equal(3);
  });

  it('makes of a Buffer the bytes that it shows, and tells nothing of the pool that it lies in', () => {
    const secret = Buffer.from('a secret of somebody else');
    const data = { message: Buffer.from('hello'), numbers: new Float64Array([0, 1, 2]).subarray(1) };
    const { value, bytes } = encode(data);
    expect(Buffer.concat(bytes).includes(secret)).to.equal(false);
    expect(bytes.map(({ byteLength }) => byteLength)).to.deep.equal([5, 16]);
    const copy = decode(JSON.parse(JSON.stringify(value)), Buffer.concat(bytes)) as { message: Uint8Array; numbers: Float64Array };
    deepStrictEqual(copy.message, new Uint8Array(Buffer.from('hello')));
    deepStrictEqual([...copy.numbers], [1, 2]);
  });

  it('shows in the views of one buffer what is written through the other, and keeps them where they can be', () => {
    const buffer = new ArrayBuffer(64);
    const [bytes, doubles] = travelled([new Uint8Array(buffer, 17, 10), new Float64Array(buffer, 24, 2)]) as [Uint8Array, Float64Array];
    expect(bytes.buffer).to.equal(doubles.buffer);
    expect(bytes.buffer.byteLength).to.equal(24);
    bytes[7] = 255;
    expect(new Uint8Array(doubles.buffer, doubles.byteOffset)[0]).to.equal(255);
  });

  it('sends all of a buffer that is named itself, also after a view of it', () => {
    const buffer = new ArrayBuffer(32);
    const [view, whole] = travelled([new Uint8Array(buffer, 4, 4), buffer]) as [Uint8Array, ArrayBuffer];
    expect(view.buffer).to.equal(whole);
    expect([view.byteOffset, whole.byteLength]).to.deep.equal([4, 32]);
  });

  it('does not copy bytes', () => {
    const data = new Uint8Array(1024);
    const { bytes: [sent] } = encode({ data });
    expect(sent?.buffer).to.equal(data.buffer);
  });

  it('knows again what is there twice, and circles', () => {
    const shared = { date: new Date(0) };
    const data: Record<string, unknown> = { one: shared, two: [shared, shared.date, undefined], map: new Map([[shared, shared]]) };
    data['self'] = data;
    const copy = travelled(data) as { one: { date: Date }; two: [unknown, Date]; map: Map<unknown, unknown>; self: unknown };
    expect(copy.self).to.equal(copy);
    expect(copy.two[0]).to.equal(copy.one);
    expect(copy.two[1]).to.equal(copy.one.date);
    expect([...copy.map].flat()).to.deep.equal([copy.one, copy.one]);
    deepStrictEqual(copy, structuredClone(data));
  });

  it('carries a list in a list in a list, a thousand deep, of whatever kind, and no deeper', () => {
    for (const around of [(inner: unknown) => [inner], (inner: unknown) => ({ inner }), (inner: unknown) => new Map([[inner, undefined]]), (inner: unknown) => new Error('', { cause: inner }), (inner: unknown) => Object.assign(new Array(2), { 1: inner })]) {
      const data = nested(1000, around);
      deepStrictEqual(JSON.stringify(encode(travelled(data)).value), JSON.stringify(encode(data).value));
      expect(() => encode(nested(1001, around))).to.throw(DOMException).with.property('name', 'DataCloneError');
    }
  });

  it('refuses what is no data', () => {
    class Point { x = 1; }
    for (const data of [() => 1, Symbol('s'), new SharedArrayBuffer(8), new Uint8Array(new SharedArrayBuffer(8)), new Point(), new WeakMap(), Promise.resolve(), Object(Symbol('s')) as object, new Proxy(new Date(), {}), JSON.parse('{ "__proto__": 1 }')]) {
      expect(() => encode({ in: [data] }), typeof data).to.throw(DOMException).with.property('name', 'DataCloneError');
    }
  });

  it('refuses lists of nothing but holes', () => {
    expect(() => encode(new Array(2 ** 32 - 1))).to.throw(DOMException);
  });

  it('is the same as structuredClone() for whatever there is', () => {
    const data = fc.anything({ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withSparseArray: true, withObjectString: true });
    fc.assert(fc.property(data, (any) => {
      // Node finds two dates that are none to be different.
      fc.pre(!hasPrototypeKey(any) && !fc.stringify(any).includes('new Date(NaN)'));
      deepStrictEqual(travelled(any), structuredClone(any));
    }), { numRuns: 2000 });
  });
});

describe('data from somebody who is not trusted', () => {
  it('is refused where a tag does not say what it should', () => {
    for (const tag of [
      'null', '0', '{}', '[]', '[1]', '"nothing"', '["Nothing"]', '["undefined"]', '"Date"', '["Date"]', '["Date","0"]', '["Date",0,1]', '["bigint",1]', '["bigint","0x1"]', '["bigint",""]', '["bigint","-"]',
      '["RegExp","(",""]', '["RegExp","a","gg"]', '["RegExp","a"]', '["Map",[1]]', '["Map",{}]', '["Map",[1,2,1,3]]', '["Set",1]', '["Boxed",null]', '["Boxed",[]]', '["Boxed",{"$":"undefined"}]', '["Object",[]]', '["Object",{"__proto__":1}]',
      '["Array",-1,{}]', '["Array",1.5,{}]', '["Array",1,{"1":1}]', '["Array",1,{"length":7}]', '["Array",1,{"__proto__":[]}]', '["Array",4294967295,{}]', '["Array",1e300,{}]', '["Array",1,[]]',
      '["Error","Mistake",null,null,[]]', '["Error","Error",1,null,[]]', '["Error","Error",null,1,[]]', '["Error","Error",null,null]', '["ref",0]', '["ref",-1]', '["ref","0"]', '["ref",1e9]', '["constructor"]', '["__proto__",1]', '["toString",1]',
    ]) violates(`{"$":${tag}}`);
    violates('{"$":"undefined","more":1}');
    violates('{"__proto__":{}}');
    violates('[{"a":{"\\u005f_proto__":{}}}]');
  });

  it('is refused where it says there are other bytes than there are', () => {
    const body = new Uint8Array(16);
    for (const tag of [
      '["ArrayBuffer",17]', '["ArrayBuffer",15]', '["ArrayBuffer",-1]', '["ArrayBuffer",4294967296]', '["Uint8Array",{"$":["ArrayBuffer",16]},0,17]', '["Uint8Array",{"$":["ArrayBuffer",16]},17,0]', '["Uint8Array",{"$":["ArrayBuffer",16]},-1,1]',
      '["Float64Array",{"$":["ArrayBuffer",16]},1,1]', '["Float64Array",{"$":["ArrayBuffer",16]},0,3]', '["DataView",{"$":["ArrayBuffer",16]},8,9]', '["Uint8Array",{"$":["ref",0]},0,1]', '["Uint8Array",[],0,1]', '["Uint8Array",1,0,1]', '["Uint8Array",{"$":["Date",0]},0,1]',
      '["SharedArrayBuffer",16]', '["Buffer",{"$":["ArrayBuffer",16]},0,16]',
    ]) violates(`{"$":${tag}}`, body);
    violates('[{"$":["ArrayBuffer",16]},{"$":["ArrayBuffer",16]}]', body);
    violates('1', body);
  });

  it('is refused where it is too deep, or too much, however that is said', () => {
    violates(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    violates(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
    violates(`${'{"$":["Set",['.repeat(100_000)}${']]}'.repeat(100_000)}`);
    const limits = { depth: 10, nodes: 100 };
    const empty = new Uint8Array(0);
    expect(decode(JSON.parse('[[[[[[[[[[1]]]]]]]]]]'), empty, limits)).to.be.an('array');
    for (const json of ['[[[[[[[[[[[1]]]]]]]]]]]', JSON.stringify(new Array(100).fill(1)), '{"$":["Array",100,{}]}', '[{"$":["Array",50,{}]},{"$":["Array",50,{}]}]']) {
      expect(() => decode(JSON.parse(json), empty, limits), json).to.throw(ProtocolViolation);
    }
  });

  it('pollutes no prototype, and has the prototypes that data has', () => {
    const data = received('{"constructor":{"prototype":{"polluted":true}},"a":[{}]}') as { a: [object] };
    expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    expect(Object.getPrototypeOf(data.a[0])).to.equal(Object.prototype);
  });

  it('is data, or a violation, whatever it is', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>(null, 0, 1, 8, -1, '', 'Error', 'ff', 'g', true),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(fc.constantFrom('$', 'a', '0', 'length', '__proto__'), tie('value'), { maxKeys: 2 }),
        tie('tag'),
      ),
      tag: fc.tuple(fc.constantFrom('ref', 'bigint', 'Date', 'RegExp', 'Boxed', 'Map', 'Set', 'Object', 'Array', 'Error', 'ArrayBuffer', 'Uint8Array', 'Float64Array', 'DataView'), fc.array(tie('value'), { maxLength: 4 }))
        .map(([name, content]) => ({ $: [name, ...content] })),
    })).value;
    fc.assert(fc.property(json, fc.uint8Array({ maxLength: 16 }), (value, body) => {
      try {
        structuredClone(decode(JSON.parse(JSON.stringify(value)), body));
      } catch (error) {
        expect(error).to.be.instanceOf(ProtocolViolation);
      }
      expect(Object.keys(Object.prototype)).to.deep.equal([]);
    }), { numRuns: 3000 });
  });
});

function hasPrototypeKey(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  if (data instanceof Map || data instanceof Set) return [...data].flat().some(hasPrototypeKey);
  return Object.hasOwn(data, '__proto__') || (!ArrayBuffer.isView(data) && Object.values(data).some(hasPrototypeKey));
}
