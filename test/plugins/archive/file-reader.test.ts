import { execFileSync } from 'node:child_process';
import { appendFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileReader, NotThisEncoding, type FileContent } from '#internal/archive/file-reader.js';
import { Pulse } from '#internal/archive/pulse.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { temporaryFolder } from '../../support/folder.js';

/** So small that ordinary texts are longer than it. */
const SMALL_BUFFER = 32;

describe('FileReader', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');

  describe('recognises', () => {
    const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
    const cases: Readonly<Record<string, readonly [bytes: Buffer, encoding: string]>> = {
      'plain ASCII': [Buffer.from('text\n'), 'UTF-8'],
      'UTF-8': [Buffer.from('čeština 漢字 😀\n'), 'UTF-8'],
      'UTF-8 with its mark': [Buffer.from('\ufefftext\n'), 'UTF-8 with BOM'],
      'UTF-16LE with its mark': [utf16('\ufeffčeština 😀\n'), 'UTF-16LE with BOM'],
      'UTF-16BE with its mark': [utf16('\ufeffčeština 😀\n').swap16(), 'UTF-16BE with BOM'],
      'UTF-16LE by its zeros': [utf16('Windows Registry Editor\r\n'), 'UTF-16LE'],
      'UTF-16BE by its zeros': [utf16('Windows Registry Editor\r\n').swap16(), 'UTF-16BE'],
      'ISO-8859-1': [Buffer.from('caf\xe9\n', 'latin1'), 'ISO-8859-1'],
      'windows-1252': [Buffer.from('\x93quoted\x94 \x80 5\n', 'latin1'), 'windows-1252'],
      'escape sequences as text': [Buffer.from('\x1b[31mred\x1b[0m\n'), 'UTF-8'],
    };
    for (const [name, [bytes, encoding]] of Object.entries(cases)) {
      it(name, async () => {
        writeFileSync(file, bytes);
        expect(await read(file)).to.include({ encoding });
      });
    }
  });

  describe('takes for binary', () => {
    const cases: Readonly<Record<string, Buffer>> = {
      'a zero among letters': Buffer.from('text\0text'),
      'a surrogate without its other half': Buffer.from('\ufeffa\ud800b', 'utf16le'),
      'half a character of UTF-16': Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x42]),
      'control characters that no text has': Buffer.from([0x01, 0x02, 0xff, 0x41]),
      'bytes that windows-1252 does not use': Buffer.from([0x41, 0x81, 0x42]),
      'small numbers of 16 bits': Buffer.from([1, 0, 2, 0, 3, 0, 4, 0, 255, 0]),
      'UTF-32': Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]),
    };
    for (const [name, bytes] of Object.entries(cases)) {
      it(name, async () => {
        writeFileSync(file, bytes);
        expect(await read(file)).to.deep.equal({ kind: 'binary', bytes: bytes.length });
      });
    }
  });

  it('tells an empty file', async () => {
    writeFileSync(file, '');
    expect(await read(file)).to.deep.equal({ kind: 'empty' });
  });

  it('reads a file longer than its buffer as it reads a short one', async () => {
    const unit = fc.constantFrom('a', 'é', '漢', '😀', '\n', '\r', '`', '```');
    const text = fc.string({ unit, minLength: SMALL_BUFFER, maxLength: SMALL_BUFFER * 5 });
    const encode = fc.constantFrom<(text: string) => Buffer>(
      (chosen) => Buffer.from(chosen),
      (chosen) => Buffer.from(`\ufeff${chosen}`),
      (chosen) => Buffer.from(`\ufeff${chosen}`, 'utf16le'),
      (chosen) => Buffer.from(`\ufeff${chosen}`, 'utf16le').swap16(),
      (chosen) => Buffer.from(chosen.replaceAll(/[漢😀]/gu, ''), 'latin1'),
    );
    await fc.assert(
      fc.asyncProperty(text, encode, async (chosen, encoded) => {
        writeFileSync(file, encoded(chosen));
        const [short, long] = [await read(file), await read(file, SMALL_BUFFER)];
        expect({ ...long, kind: undefined }).to.deep.equal({ ...short, kind: undefined });
      }),
    );
  });

  it('finds a zero far behind in a long file', async () => {
    writeFileSync(file, `${'text\n'.repeat(100)}\0`);
    expect(await read(file, SMALL_BUFFER)).to.deep.equal({ kind: 'binary', bytes: 501 });
  });

  it('finds far behind that a long file is not UTF-8', async () => {
    writeFileSync(file, Buffer.from(`${'text\n'.repeat(100)}caf\xe9`, 'latin1'));
    expect(await read(file, SMALL_BUFFER)).to.include({ encoding: 'ISO-8859-1' });
  });

  it('notices that a long file became something else while it was used', async () => {
    writeFileSync(file, 'text\n'.repeat(100));
    const change = (): void => {
      truncateSync(file, 100);
      appendFileSync(file, Buffer.alloc(100));
    };
    let thrown: unknown;
    await read(file, SMALL_BUFFER, change).catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(NotThisEncoding);
  });

  it('does not follow a link that took the place of a file', async function () {
    if (process.platform === 'win32') this.skip();
    const link = join(folder, 'link');
    symlinkSync('file', link);
    expect(await codeOf(read(link))).to.equal('ELOOP');
  });

  it('does not wait at a pipe that took the place of a file', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await codeOf(read(pipe))).to.equal('ESPIPE');
  });

  it('reads what the system makes up as it is read', async function () {
    if (process.platform !== 'linux') this.skip();
    expect(await read('/proc/self/mountinfo', SMALL_BUFFER)).to.include({ encoding: 'UTF-8' });
  });
});

/** The content of a file, its pieces put together. */
async function read(path: string, bufferBytes = 1024 * 1024, beforeUse?: () => void): Promise<object> {
  let result: object = {};
  const use = (content: FileContent): undefined => {
    beforeUse?.();
    if (content.kind === 'text') result = { ...content, text: content.text.toString('utf8') };
    else if (content.kind === 'long text') {
      const { pieces, ...properties } = content;
      const chunks: Buffer[] = [];
      for (const piece of pieces()) chunks.push(Buffer.from(piece));
      result = { ...properties, text: Buffer.concat(chunks).toString('utf8') };
    } else result = content;
  };
  await new FileReader(bufferBytes).read(path, new Pulse(new AbortController().signal), use);
  return result;
}

async function codeOf(reading: Promise<unknown>): Promise<unknown> {
  return reading.then(() => undefined, (error: unknown) => (error as NodeJS.ErrnoException).code);
}
