import { strictEqual } from 'node:assert';
import { openSync } from 'node:fs';
import { inspect } from 'node:util';
import { formsOf } from '#internal/core/monitoring/redaction/secret-forms.js';
import { Redactor } from '#internal/core/monitoring/redactor.js';
import { catalogued, StructumError } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';

function knowing(...secrets: readonly string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

/** What a stream lets through of these chunks, as bytes. */
function streamed(redactor: Redactor, chunks: readonly (string | Uint8Array)[]): Buffer {
  const stream = redactor.stream();
  return Buffer.concat([...chunks.map((chunk) => stream.write(chunk)), stream.end()].map((chunk) => Buffer.from(chunk)));
}

const text = (bytes: Buffer): string => bytes.toString();

describe('Redactor', () => {
  describe('#redact', () => {
    it('puts [redacted] in the place of a secret, wherever it stands', () => {
      expect(knowing('hunter22').redact('xhunter22y hunter22')).to.equal('x[redacted]y [redacted]');
    });

    it('takes the longest of several secrets, and those that overlap as one', () => {
      expect(knowing('abcd', 'abcdef').redact('abcdefg abcde')).to.equal('[redacted]g [redacted]e');
      expect(knowing('password123', '123456789').redact('<password123456789>')).to.equal('<[redacted]>');
      expect(knowing('abcdefgh', 'cdef').redact('abcdefgh')).to.equal('[redacted]');
    });

    it('finds one of fewer than four characters only where it is a word', () => {
      expect(knowing('abc').redact('abc, abcd (abc) dabc éabc abc_')).to.equal('[redacted], abcd ([redacted]) dabc éabc abc_');
    });

    it('finds a secret of several lines as a whole, and each of its longer lines', () => {
      const redactor = knowing('-----BEGIN\r\nMIIEvQIBADANBg\n  kqhkiG9w0BAQ\nend\n');
      expect(redactor.redact('MIIEvQIBADANBg kqhkiG9w0BAQ end')).to.equal('[redacted] [redacted] end');
      expect(redactor.redact('[-----BEGIN\r\nMIIEvQIBADANBg\n  kqhkiG9w0BAQ\nend\n]')).to.equal('[[redacted]]');
    });

    it('finds it without the blanks around it', () => {
      expect(knowing(' hunter22\n').redact('=hunter22=')).to.equal('=[redacted]=');
    });

    const awkward = 'pä"s\\w\n\'`d/ +?&=%☃😀';
    const forms: Readonly<Record<string, string>> = {
      'JSON': JSON.stringify(awkward).slice(1, -1),
      'JSON that is all ASCII': 'p\\u00e4\\"s\\\\w\\n\'`d/ +?&=%\\u2603\\ud83d\\ude00',
      'JavaScript': inspect(awkward).slice(1, -1),
      'a query': encodeURIComponent(awkward),
      'a query in small letters': encodeURIComponent(awkward).replace(/%../g, (escaped) => escaped.toLowerCase()),
      'an address': encodeURI(awkward),
      'a form': new URLSearchParams({ key: awkward }).toString().slice('key='.length),
      'base64': Buffer.from(awkward).toString('base64'),
      'base64 without an end': Buffer.from(awkward).toString('base64').replace(/=+$/, ''),
      'base64url': Buffer.from(awkward).toString('base64url'),
      'hexadecimal digits': Buffer.from(awkward).toString('hex'),
      'hexadecimal digits in capitals': Buffer.from(awkward).toString('hex').toUpperCase(),
      'a buffer that is shown': inspect(Buffer.from(awkward)).slice('<Buffer '.length, -1),
      'a buffer in JSON': Buffer.from(awkward).join(','),
      'the user part of an address': Object.assign(new URL('http://h'), { password: awkward }).password,
    };
    for (const [name, form] of Object.entries(forms)) {
      it(`finds it as it stands in ${name}`, () => {
        expect(knowing(awkward).redact(`<${form}>`)).to.equal('<[redacted]>');
      });
    }

    it('finds it within a longer text in base64', () => {
      for (const user of ['', 'a', 'ab', 'abc', 'abcd']) {
        for (const after of ['', 'x', 'xy']) {
          for (const encoding of ['base64', 'base64url'] as const) {
            const redacted = knowing(awkward).redact(Buffer.from(`${user}:${awkward}${after}`).toString(encoding));
            const [before = '', behind = ''] = redacted.split('[redacted]');
            expect(redacted).to.contain('[redacted]');
            // What stands beside it shares a character with it.
            expect(before).to.have.length(Math.ceil(((user.length + 1) * 8) / 6));
            expect(behind.replace(/=+$/, '')).to.have.length.of.at.most(4);
          }
        }
      }
    });

    it('finds the beginning of a long one in a buffer that is shown', () => {
      const long = 'correct horse battery staple '.repeat(4).trim();
      expect(knowing(long).redact(inspect(Buffer.from(long)))).to.match(/^<Buffer \[redacted\] ?\.\.\. \d+ more bytes>$/);
    });

    it('finds it in texts that stand between quotes themselves', () => {
      const redactor = knowing('a"b\\cd', 'pässword"');
      const quoted = (value: unknown): readonly string[] => [JSON.stringify(value), inspect(value)];
      for (const secret of ['a"b\\cd', 'pässword"']) {
        const inner = quoted({ secret });
        const middle = inner.flatMap((body) => quoted({ body }));
        for (const text of [...inner, ...middle, ...middle.map((line) => JSON.stringify({ line }))]) expect(redactor.redact(text), text).to.contain('[redacted]').and.not.match(/b\\+c|ssword/);
      }
    });

    it('takes nothing for a secret that is said everywhere', () => {
      const redactor = knowing('', ' ', '7', '123', 'true', 'False', 'null', 'no', 'on');
      expect(redactor.isIdle).to.equal(true);
      expect(redactor.redact('true false null no on')).to.equal('true false null no on');
    });

    it('takes out every place of every secret, and nothing else', () => {
      const letters = (minLength: number, maxLength: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength, maxLength });
      fc.assert(fc.property(fc.array(letters(4, 7), { maxLength: 6 }), letters(0, 60), (secrets, text) => {
        expect(knowing(...secrets).redact(text)).to.equal(redactedByHand(secrets, text));
      }), { numRuns: 2000 });
    });

    it('does so where secrets are long, begin alike, and are of any alphabet', () => {
      const long = fc.string({ unit: fc.constantFrom('a', '\u0161', '☃'), minLength: 30, maxLength: 50 });
      const texts = fc.tuple(fc.array(long, { minLength: 1, maxLength: 3 }), fc.array(fc.tuple(fc.nat(), fc.nat(50), fc.nat(50)), { maxLength: 12 })).map(([ends, cuts]) => {
        const secrets = ends.flatMap((end) => [`${'a'.repeat(40)}${end}`, end]);
        return { secrets, text: cuts.map(([which, from, to]) => secrets[which % secrets.length]?.slice(from % 3 === 0 ? 0 : from, to % 3 === 0 ? undefined : to)).join('') };
      });
      fc.assert(fc.property(texts, ({ secrets, text }) => {
        expect(knowing(...secrets).redact(text)).to.equal(redactedByHand(secrets, text));
      }), { numRuns: 500 });
    });

    it('finds what is left of one where Node or V8 shorten it', () => {
      const token = 'sk_live_0123456789abcdefghijklmn';
      const long = Array.from({ length: 12_000 }, (_, index) => (index * 7919 % 1009 % 36).toString(36)).join('');
      const json = '{"type":"account","private":12345678901234567890.x,"after":"1234567890"}';
      const told = (secret: string, tell: () => unknown): string => {
        try {
          return inspect(tell(), { colors: secret.length % 2 === 0 });
        } catch (error) {
          return inspect(error);
        }
      };
      const ways: readonly ((secret: string) => unknown)[] = [
        (secret) => Buffer.alloc(secret as unknown as number), (secret) => JSON.parse(secret) as unknown, (secret) => JSON.parse(`{ "name": "ada", "token": ${secret}, "b": 1 }`) as unknown,
        (secret) => BigInt(secret), (secret) => ({ secret }), (secret) => [secret, secret], (secret) => new Map([[secret, 1]]), (secret) => { strictEqual(secret, 'x'); }, (secret) => openSync('x', secret),
        (secret) => JSON.stringify({ told: told(secret, () => [secret, secret]) }), (secret) => JSON.stringify(told(secret, () => JSON.parse(secret))),
      ];
      for (const secret of [token, `${token}${token}"`, long.slice(0, 1200), long, json]) {
        for (const [way, tell] of ways.entries()) {
          const redacted = knowing(secret).redact(told(secret, () => tell(secret)));
          const left = Array.from({ length: secret.length - 9 }, (_, at) => secret.slice(at, at + 10)).find((part) => redacted.includes(part));
          expect(left, `way ${String(way)} of ${secret.slice(0, 10)}: ${redacted.slice(0, 400)}`).to.equal(undefined);
        }
      }
    });

    it('takes time only for what a text holds, however many shortenings that are', () => {
      const text = '{"a":"Loading..."},"b":1 '.repeat(40_000);
      expect(knowing('sk_live_0123456789abcdefghijklmn').redact(text) === text).to.equal(true);
    });

    it('leaves what only begins as one', () => {
      for (const text of ['hunter22 and so on', 'hunter2...', 'hunter22-l.. .', '... "hunter22-l"']) expect(knowing('hunter22-long').redact(text)).to.equal(text);
      expect(knowing('hunter22-long').redact('hunter22-l... hunter22… "hunter22"... ..."ter22-long"')).to.equal('[redacted]... [redacted]… "[redacted]"... ..."[redacted]"');
    });

    it('takes large secrets, in few forms', () => {
      for (const secret of ['"'.repeat(256 * 1024), Array.from({ length: 10_000 }, (_, index) => `line number ${String(index)} "é"`).join('\n')]) {
        const forms = formsOf(secret);
        expect(forms.length).to.be.below(50_000);
        expect(forms.reduce((sum, { text }) => sum + text.length, 0)).to.be.below(16 * 2 ** 20);
      }
      const lines = Array.from({ length: 10_000 }, (_, index) => `line number ${String(index)} "é"`);
      const redactor = knowing(lines.join('\n'));
      for (const text of [lines.join('\n'), lines[77] ?? '', JSON.stringify(lines.join('\n')), encodeURIComponent(lines.join('\n')), Buffer.from(lines.join('\n')).toString('base64')]) {
        expect(redactor.redact(text)).to.match(/^"?\[redacted\]"?$/);
      }
    });

    it('looks for thousands at once', () => {
      const secrets = Array.from({ length: 3000 }, (_, index) => `secret-${String(index)}`);
      expect(knowing(...secrets).redact('secret-7 secret-2999 secret-x')).to.equal('[redacted] [redacted] secret-x');
    });

    it('takes secrets with halves of characters', () => {
      expect(knowing('ab\ud800cd').redact('<ab\ud800cd>')).to.equal('<[redacted]>');
    });
  });

  describe('#redactValue', () => {
    it('gives what holds no secret as it is', () => {
      const circle: { self?: unknown; when: Date; list: readonly unknown[] } = { when: new Date(0), list: [new Map([[1, new Set([2])]])] };
      circle.self = circle;
      expect(knowing('hunter22').redactValue(circle)).to.equal(circle);
      expect(new Redactor().redactValue(circle)).to.equal(circle);
    });

    it('copies what holds one, as deep as it is, and changes nothing', () => {
      const value = { list: ['hunter22', { hunter22: 1 }], map: new Map([['a', 'hunter22']]), set: new Set(['hunter22']), pin: 123456, big: 123456n, when: new Date(0) };
      expect(knowing('hunter22', '123456').redactValue(value)).to.deep.equal({
        list: ['[redacted]', { '[redacted]': 1 }], map: new Map([['a', '[redacted]']]), set: new Set(['[redacted]']), pin: '[redacted]', big: '[redacted]', when: new Date(0),
      });
      expect(value.list[0]).to.equal('hunter22');
    });

    it('copies circles as circles', () => {
      const circle: { self?: unknown; token: string } = { token: 'hunter22' };
      circle.self = circle;
      const copy = knowing('hunter22').redactValue(circle);
      expect(copy.self).to.equal(copy);
      expect(copy.token).to.equal('[redacted]');
    });

    it('finds secrets in bytes, in addresses and in expressions', () => {
      const copy = knowing('hunter22').redactValue({ bytes: Buffer.from('=hunter22='), url: new URL('http://me:hunter22@host/'), expression: /hunter22/ });
      expect(copy.bytes.toString()).to.equal('=[redacted]=');
      expect({ url: copy.url as unknown, expression: copy.expression as unknown }).to.deep.equal({ url: 'http://me:[redacted]@host/', expression: '/[redacted]/' });
    });

    it('finds secrets in what objects show themselves as, and in symbols, functions and boxes', () => {
      class Client {
        readonly #token = 'hunter22';
        [inspect.custom](): string { return `Client(${this.#token})`; }
      }
      const work = Object.assign(() => 1, { token: 'hunter22' });
      const value = { client: new Client(), query: new URLSearchParams({ token: 'hunter22' }), headers: new Headers({ token: 'hunter22' }), symbol: Symbol('hunter22'), [Symbol('hunter22')]: 1, work, box: new String('hunter22'), get token() { return 'hunter22'; } };
      const copy: unknown = knowing('hunter22').redactValue(value);
      expect(inspect(copy, { depth: null, showHidden: true, getters: true })).not.to.contain('hunter22');
      const plain = { client: new Map([[1, () => 2]]), query: new URLSearchParams({ a: 'b' }), symbol: Symbol('a'), work: Object.assign(() => 1, { a: 1 }), box: new String('a') };
      expect(knowing('hunter22').redactValue(plain)).to.equal(plain);
    });

    it('copies errors with their class, message, stack, causes and what else they hold', () => {
      class HttpError extends TypeError {
        headers = { authorization: 'Bearer hunter22' };
      }
      const error = new AggregateError([new HttpError('no hunter22', { cause: 'hunter22' })], 'hunter22 failed');
      const copy = knowing('hunter22').redactValue(error);
      expect(copy).to.be.instanceOf(AggregateError);
      expect(copy.errors[0]).to.be.instanceOf(HttpError);
      expect(inspect(copy, { showHidden: true, depth: null })).not.to.include('hunter22');
      expect(copy.message).to.equal('[redacted] failed');
      expect(copy.stack).to.include('[redacted] failed').and.to.include('redactor.test');
      expect(error.message).to.equal('hunter22 failed');
    });

    it('keeps what makes an error Structum\'s own', () => {
      const error = new StructumError({ code: 'MINE', message: 'hunter22', hint: 'not hunter22', details: { token: 'hunter22' }, exitCode: 3 });
      const copy = knowing('hunter22').redactValue(error);
      expect(StructumError.is(copy)).to.equal(true);
      expect(copy.toJSON()).to.deep.equal({ code: 'MINE', message: '[redacted]', hint: 'not [redacted]', details: { token: '[redacted]' } });
      expect(copy.exitCode).to.equal(3);
    });

    it('keeps what programs go by', () => {
      expect(knowing('UNKNOWN').redactValue(catalogued('PLUGIN_UNKNOWN', { plugin: 'UNKNOWN' }))).to.deep.include({ code: 'PLUGIN_UNKNOWN', details: { plugin: '[redacted]' } });
    });

    it('copies errors that work out what they say', () => {
      class Late extends Error {
        readonly #token = 'hunter22';
        override get message(): string { return `no ${this.#token}`; }
      }
      expect(knowing('hunter22').redactValue(new Late()).message).to.equal('no [redacted]');
      expect(knowing('hunter22').redactValue(new DOMException('no hunter22', 'AbortError'))).to.include({ name: 'AbortError', message: 'no [redacted]' });
    });

    it('copies what is behind a proxy, and leaves what there is nothing to see of', () => {
      // As Node marks those that somebody follows, with async_hooks.
      const promise = Object.assign(Promise.resolve('hunter22'), { [Symbol('async_id')]: 7 });
      const when = new Date(0);
      const broken = new Proxy({}, { ownKeys: () => { throw new Error('no'); } });
      const copy = knowing('hunter22').redactValue({ proxy: new Proxy({ token: 'hunter22' }, {}), promise, when, broken });
      expect(copy.proxy).to.deep.equal({ token: '[redacted]' });
      expect(copy.promise).to.equal(promise);
      expect(copy.when).to.equal(when);
      expect(copy.broken).to.equal(broken);
    });

    it('does not tell what cannot be looked through', () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      expect(knowing('hunter22').redactValue({ proxy, list: [proxy] })).to.deep.equal({ proxy: '[redacted]', list: ['[redacted]'] });
    });

    it('takes what cannot be read, and what has no end', () => {
      const value = { token: 'hunter22', get broken(): string { throw new Error('no'); }, deep: {} };
      for (let depth = 0, inner: Record<string, unknown> = value.deep; depth < 20_000; depth += 1) inner = (inner['deep'] = {});
      expect(knowing('hunter22').redactValue(value)).to.include({ token: '[redacted]', broken: undefined });
    });
  });

  it('shows what somebody asked to see where that is shown, and nowhere else', () => {
    const redactor = knowing('hunter22', 'hunter2233', 'swordfish');
    redactor.reveal('hunter22');
    const stream = redactor.stream({ showsRevealed: true });
    expect([stream.write('hunter22 hunter2233 swordfish h'), stream.write('unter22'), stream.end()].join('')).to.equal('hunter22 [redacted] [redacted] hunter22');
    expect(redactor.redactValue(['hunter22', 'swordfish'], { showsRevealed: true })).to.deep.equal(['hunter22', '[redacted]']);
    expect(redactor.redact('hunter22')).to.equal('[redacted]');
    expect(redactor.redactValue(['hunter22'])).to.deep.equal(['[redacted]']);
  });

  describe('#stream', () => {
    it('finds a secret that is split over writes', () => {
      expect(text(streamed(knowing('hunter22'), ['a hun', 'ter', '22 b']))).to.equal('a [redacted] b');
    });

    it('holds back only what may be the beginning of a secret', () => {
      const stream = knowing('hunter22').stream();
      expect(stream.write('a hunt')).to.equal('a ');
      expect(stream.write('ed')).to.equal('hunted');
      expect(stream.write('h')).to.equal('');
      expect(stream.end()).to.equal('h');
    });

    it('finds one between bytes and text, in bytes that split a character', () => {
      const bytes = Buffer.from('a pä☃word b');
      for (let at = 0; at < bytes.length; at += 1) {
        expect(text(streamed(knowing('pä☃word'), [bytes.subarray(0, at), bytes.subarray(at)])), `at ${String(at)}`).to.equal('a [redacted] b');
      }
      expect(text(streamed(knowing('pä☃word'), ['a pä', Buffer.from('☃'), 'word b']))).to.equal('a [redacted] b');
    });

    it('hands on bytes without a secret as they are', () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      expect(knowing('hunter22').stream().write(bytes)).to.equal(bytes);
    });

    it('takes secrets that become known on the way', () => {
      const redactor = new Redactor();
      const stream = redactor.stream();
      expect(stream.write('hunter22 ')).to.equal('hunter22 ');
      redactor.add('hunter22');
      expect(stream.write('hunter22 ')).to.equal('[redacted] ');
      redactor.add('swordfish');
      expect(stream.write('swordfish ')).to.equal('[redacted] ');
    });

    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ä', '😀', '\n'), maxLength: 40 });
    const secrets = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'ä', '😀'), minLength: 1, maxLength: 6 }), { maxLength: 4 });
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 8 });

    it('gives the same as the whole where secrets are shortened', () => {
      const pieces = fc.array(fc.constantFrom('hunter22', 'hunter22-lo', '-long"a', '.', '..', '...', '…', '"', '\\\\', '\\\\u2026', '\u001b[39m', ' '), { maxLength: 8 }).map((parts) => parts.join(''));
      fc.assert(fc.property(pieces, cuts, fc.boolean(), (whole, at, asBytes) => {
        const redactor = knowing('hunter22-long"a.secret', 'hunter22-l...ong');
        const parts = asBytes ? partsOf([...Buffer.from(whole)], at).map((part) => Uint8Array.from(part)) : partsOf([...whole], at).map((part) => part.join(''));
        expect(text(streamed(redactor, parts))).to.equal(redactor.redact(whole));
      }), { numRuns: 2000 });
    });

    it('gives the same as the whole, however that is split, as text or as bytes', () => {
      fc.assert(fc.property(secrets, letters, letters, cuts, fc.array(fc.boolean()), (known, before, after, at, asBytes) => {
        const redactor = knowing(...known);
        const whole = before + (known[0] ?? '') + after;
        const expected = redactor.redact(whole);
        expect(text(streamed(redactor, partsOf([...whole], at).map((part, index) => (asBytes[index] === true ? Buffer.from(part.join('')) : part.join('')))))).to.equal(expected);
        expect(text(streamed(redactor, partsOf([...Buffer.from(whole)], at).map((part) => Uint8Array.from(part))))).to.equal(expected);
        const stream = redactor.stream();
        expect([...partsOf(whole.split(''), at).map((part) => stream.write(part.join(''))), stream.end()].join('')).to.equal(expected);
        for (const secret of known) if (secret.trim().length >= 4) expect(expected).not.to.include(secret);
      }), { numRuns: 2000 });
    });
  });
});

function partsOf<Item>(items: readonly Item[], cuts: readonly number[]): Item[][] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, items.length)).sort((one, other) => one - other), items.length];
  return places.slice(1).map((place, index) => items.slice(places[index], place));
}

/** Looks at each place for each secret; those that overlap are one. */
function redactedByHand(secrets: readonly string[], text: string): string {
  let redacted = '';
  let end = 0;
  for (let index = 0; index < text.length; index += 1) {
    const longest = Math.max(0, ...secrets.filter((secret) => text.startsWith(secret, index)).map(({ length }) => length));
    if (longest > 0 && index >= end) redacted += '[redacted]';
    end = Math.max(end, index + longest);
    if (index >= end) redacted += text[index] ?? '';
  }
  return redacted;
}
