import { StructumError } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { decode, encode } from '#internal/core/execution/wire/codec.js';
import { errorData, errorFrom, errorInShort } from '#internal/core/execution/wire/error-data.js';
import { catalogued, thrownBy } from '#internal/core/errors/index.js';

/** What arrives on the other side when something is thrown on this one. */
function told(thrown: unknown): unknown {
  const { value, bytes } = encode(errorData(thrown));
  return errorFrom(decode(JSON.parse(JSON.stringify(value)), Buffer.concat(bytes)));
}

/** Errors that follow from each other, the last of that many first. */
function chain(length: number, first: Error = new Error('0')): Error {
  return Array.from({ length: length - 1 }).reduce<Error>((cause, _, index) => new Error(String(index + 1), { cause }), first);
}

function messagesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messagesOf(error.cause)] : [];
}

describe('errors on their way to another process', () => {
  it('of Structum are what they were', () => {
    const cause = new TypeError('underneath');
    const error = thrownBy({ plugin: 'greet', command: 'greet' }, new StructumError({ code: 'GREET_FAILED', message: 'It failed.', hint: 'Try again.', exitCode: 3, details: { when: new Date(0), bytes: new Uint8Array([1]) }, cause }));
    const copy = told(error) as StructumError;
    expect(StructumError.is(copy)).to.equal(true);
    expect(copy.toJSON()).to.deep.equal(error.toJSON());
    expect([copy.exitCode, copy.stack, copy.name]).to.deep.equal([3, error.stack, 'StructumError']);
    expect(copy.cause).to.be.instanceOf(TypeError).with.property('message', 'underneath');
    expect(told(catalogued('COMMAND_TIMED_OUT', { command: 'x' }))).to.include({ code: 'COMMAND_TIMED_OUT', exitCode: 124 });
  });

  it('of others keep their kind, name, stack and codes', () => {
    class AcmeError extends Error { override name = 'AcmeError'; }
    const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', errno: -2, syscall: 'open', path: '/x', secretKey: 'k' });
    expect(told(missing)).to.be.instanceOf(Error).and.include({ message: missing.message, code: 'ENOENT', errno: -2, syscall: 'open', path: '/x', stack: missing.stack }).and.not.have.property('secretKey');
    expect(told(new RangeError('far'))).to.be.instanceOf(RangeError);
    expect(told(new AcmeError('mine'))).to.be.instanceOf(Error).with.property('name', 'AcmeError');
    expect(told(new DOMException('stopped', 'AbortError'))).to.be.instanceOf(DOMException).and.include({ name: 'AbortError', message: 'stopped', code: DOMException.ABORT_ERR });
    expect(told(new AggregateError([new Error('one'), 'two'], 'both'))).to.be.instanceOf(AggregateError).with.property('errors').that.satisfies(([one, two]: [Error, unknown]) => one.message === 'one' && two === 'two');
  });

  it('may be anything', () => {
    for (const thrown of [undefined, null, 'a text', 12, { reason: ['x'] }, 3n]) expect(told(thrown)).to.deep.equal(thrown);
    expect(told(Symbol('mark'))).to.equal('Symbol(mark)');
    expect(told(() => 1)).to.equal('() => 1');
  });

  it('lose details that are no data, and nothing else', () => {
    for (const details of [{ work: () => 1 }, { shared: new SharedArrayBuffer(1) }, new Proxy({}, {}), { get now() { throw new Error('no'); } }, { much: 'x'.repeat(2 ** 21) }, { many: new Array(20_000).fill(0) }]) {
      const copy = told(new StructumError({ code: 'C', message: 'm', details })) as StructumError;
      expect([copy.code, copy.message, copy.details]).to.deep.equal(['C', 'm', undefined]);
    }
  });

  it('are as long as anybody reads', () => {
    const long = told(Object.assign(new Error('x'.repeat(1e6)), { stack: 'y'.repeat(1e6) })) as Error;
    expect([long.message.length, long.stack?.length]).to.deep.equal([65_536, 65_536]);
  });

  it('lead to the first cause, and say how many between are left out', () => {
    expect(messagesOf(told(chain(19)))).to.deep.equal(messagesOf(chain(19)));
    const messages = messagesOf(told(chain(100)));
    expect(messages).to.deep.equal([...messagesOf(chain(100)).slice(0, 17), '82 causes are left out here.', '0']);
    expect(messagesOf(told(told(chain(100)))), 'told on').to.deep.equal(messages);
    expect(messagesOf(errorFrom(errorInShort(chain(100)))), 'in short').to.deep.equal(['99', '98 causes are left out here.', '0']);
    const circle = new Error('circle');
    circle.cause = circle;
    expect(messagesOf(told(circle)).slice(-2)).to.deep.equal(['circle', 'More causes are left out here.']);
  });

  it('are a hundred at most, and say how many others are left out', () => {
    const all = new AggregateError(Array.from({ length: 150 }, (_, index) => new Error(String(index))), 'all', { cause: chain(3) });
    const copy = told(all) as AggregateError;
    expect(copy.errors.map(({ message }: Error) => message)).to.deep.equal([...Array.from({ length: 99 }, (_, index) => String(index)), '51 errors are left out here.']);
    expect((told(copy) as AggregateError).errors.at(-1), 'told on').to.have.property('message', '51 errors are left out here.');
    expect(messagesOf(copy)).to.deep.equal(['all', '2 causes are left out here.', '0']);
    expect(messagesOf(told(new Error('top', { cause: all }))).at(-1)).to.equal('0');
    const bottom = told(chain(100, new AggregateError([new Error('a')], 'bottom')));
    expect(messagesOf(bottom).at(-1)).to.equal('bottom');
  });

  it('do no harm where they throw when they are looked at', () => {
    const trap = (): never => { throw new Error('trapped'); };
    const hostile = new Proxy(new Error('inner'), { get: trap, getPrototypeOf: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap });
    const half = new Proxy(new Error('inner'), { get: trap });
    const getters = Object.defineProperties(Object.create(Error.prototype) as Error, Object.fromEntries(['name', 'message', 'stack', 'code', 'cause', 'errors', 'details'].map((key) => [key, { get: trap }])));
    const lying = Object.assign(new Error(), { name: 1, message: { toString: trap }, stack: [], code: {}, errno: NaN, exitCode: 1e9, source: 'x', hint: () => 1, errors: new Proxy([], { get: trap }), cause: hostile });
    for (const thrown of [hostile, half, getters, lying, { toString: trap }]) expect(() => told(thrown)).not.to.throw();
    expect(told(lying)).to.be.instanceOf(Error).and.not.have.any.keys('code', 'errno', 'exitCode', 'hint');
  });

  it('are errors or data, whatever somebody says who is not trusted', () => {
    const said = fc.letrec((tie) => ({
      error: fc.record({
        type: fc.constantFrom<unknown>('error', 'structum-error', 'dom-exception', 'value', 'other', 1), name: fc.constantFrom<unknown>('TypeError', 'constructor', '__proto__', 1), message: fc.anything(), stack: fc.anything(), code: fc.anything(), hint: fc.anything(),
        exitCode: fc.anything(), details: fc.anything(), source: fc.anything(), value: fc.anything(), causes: fc.oneof({ maxDepth: 3 }, fc.anything(), fc.array(tie('error'), { maxLength: 2 })), errors: fc.oneof({ maxDepth: 3 }, fc.anything(), fc.array(tie('error'), { maxLength: 2 })),
      }, { requiredKeys: [] }),
    })).error;
    fc.assert(fc.property(fc.oneof(said, fc.anything()), (data) => {
      const error = errorFrom(data);
      if (!(error instanceof Error)) expect(error).to.equal((data as { value: unknown }).value);
      else expect([typeof error.name, typeof error.message, typeof error.stack]).to.deep.equal(['string', 'string', 'string']);
    }), { numRuns: 1000 });
  });
});
