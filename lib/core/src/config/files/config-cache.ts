import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../../platform/index.js';
import type { Change } from '../formats/index.js';
import { changed } from '../formats/plan.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { isMapping, keysOf, valueAt, type KeyPath, type Section } from '../section.js';
import { partsOf, type FileContent } from './file-content.js';

/** Increased when something else is remembered, or files mean something else. */
const FORMAT = 4;
/** What a file of 10 MB says is about as long; aliases can make it say far more. */
const LONGEST = 32 * 1024 * 1024;
const EXTENSION = '.config';
/** All of them together; the one that was written last always fits. */
const MOST_ENTRIES = 100;
const MOST_BYTES = 4 * LONGEST;

/** One part of what a file says: where among the bodies it is, in bytes. */
type Part = readonly [path: KeyPath, start: number, end: number];

interface Header {
  readonly format: number;
  readonly file: string;
  /** Of the file's text. */
  readonly hash: string;
  readonly parts: readonly Part[];
}

/**
 * What files said that were parsed before: a parser alone takes longer to load than everything else about a small file,
 * and a large one takes seconds. An entry is a line of JSON that says which parts there are, then those, sealed, so that
 * one is parsed without the others. It tells nothing of what the file holds, secrets among it, to whoever does not have
 * the file, and counts for nothing where it is not as it was written.
 */
export class ConfigCache {
  readonly #folder: string;

  /** @param folder - Where it is kept; need not exist. Where it cannot be written, nothing is remembered. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What `file` said when it had this very text. */
  find(file: string, text: string): CachedContent | undefined {
    try {
      const entry = readFileSync(this.#entryOf(file));
      const end = entry.indexOf('\n');
      const header = entry.subarray(0, end);
      const { format, file: ofFile, hash, parts } = JSON.parse(header.toString()) as Header;
      if (format !== FORMAT || ofFile !== file) return undefined;
      const key = keyOf(text);
      return hash === key.hash ? new CachedContent(unsealed(entry.subarray(end + 1), key, header), parts) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whether `file` was whole when it had this very text. */
  knows(file: string, text: string): boolean {
    return this.find(file, text) !== undefined;
  }

  async remember(file: string, text: string, data: Section): Promise<void> {
    await this.#write(file, text, partsOf(data).map(({ path, value }) => ({ path, body: bodyOf(value) })));
  }

  /**
   * Remembers what `file` says after a change, as far as it is known what it said before: neither text is parsed. Nothing
   * is remembered where the change is of more than one part, or leaves nothing of it.
   */
  async amend(file: string, { before, after }: { readonly before: string; readonly after: string }, change: Change): Promise<void> {
    const parts = this.find(file, before)?.amended(change);
    if (parts !== undefined) await this.#write(file, after, parts);
  }

  async #write(file: string, text: string, parts: readonly KeptPart[]): Promise<void> {
    const entry = entryFor(file, text, parts);
    if (entry === undefined || !makeFolder(this.#folder)) return;
    try {
      // What the user's file keeps to its user, the copy does too.
      await writeAtomically(this.#entryOf(file), entry, { durable: false, mode: 0o600 });
      await this.#removeOldest();
    } catch {
      // The next start parses it again.
    }
  }

  /** Files go, and nobody says so. */
  async #removeOldest(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(EXTENSION));
    const entries = await Promise.all(names.map(async (name) => {
      const path = join(this.#folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, size, mtimeMs };
    }));
    let [count, total] = [0, 0];
    for (const { path, size } of entries.sort((one, other) => other.mtimeMs - one.mtimeMs)) {
      count += 1;
      total += size;
      if (count > MOST_ENTRIES || total > MOST_BYTES) await rm(path, { force: true });
    }
  }

  #entryOf(file: string): string {
    return join(this.#folder, hashOf(file) + EXTENSION);
  }
}

/** A part, as it is before it is enciphered. */
interface KeptPart {
  readonly path: KeyPath;
  readonly body: Uint8Array;
}

function bodyOf(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** The bytes of an entry; `undefined` for one that would be too large. */
function entryFor(file: string, text: string, kept: readonly KeptPart[]): Buffer | undefined {
  const key = keyOf(text);
  const parts: Part[] = [];
  let end = 0;
  for (const { path, body } of kept) {
    parts.push([path, end, end + body.length]);
    end += body.length;
  }
  if (end > LONGEST) return undefined;
  const header = Buffer.from(JSON.stringify({ format: FORMAT, file, hash: key.hash, parts } satisfies Header));
  return Buffer.concat([header, Buffer.from('\n'), sealed(Buffer.concat(kept.map(({ body }) => body)), key, header)]);
}

/** What an entry holds; each part is parsed when it is asked for. */
class CachedContent implements FileContent {
  readonly #bodies: Buffer;
  readonly #parts: readonly Part[];
  readonly #parsed = new Map<Part, unknown>();

  constructor(bodies: Buffer, parts: readonly Part[]) {
    this.#bodies = bodies;
    this.#parts = parts;
  }

  get sections(): readonly string[] {
    return [...new Set(this.#parts.map(([[section = '']]) => section))];
  }

  get plugins(): readonly string[] {
    return this.isWellShaped ? this.#parts.flatMap(([[section, plugin]]) => (section === PLUGINS_SECTION ? (plugin ?? []) : [])) : keysOf(this.valueAt([PLUGINS_SECTION]));
  }

  /** Only then is it kept plugin by plugin. */
  get isWellShaped(): boolean {
    return this.#parts.every(({ 0: path }) => path.length > 1 || path[0] !== PLUGINS_SECTION);
  }

  valueAt(path: KeyPath): unknown {
    const around = this.#parts.find(([part]) => part.length <= path.length && part.every((key, index) => key === path[index]));
    if (around !== undefined) return valueAt(this.#valueOf(around), path.slice(around[0].length));
    const below = this.#parts.filter(([part]) => path.every((key, index) => key === part[index]));
    if (below.length === 0) return undefined;
    const value: Record<string, unknown> = {};
    for (const part of below) put(value, part[0].slice(path.length), this.#valueOf(part));
    return value;
  }

  /** The parts after a change within one of them. */
  amended({ path, value }: Change): readonly KeptPart[] | undefined {
    const around = this.#parts.find(([part]) => part.length < path.length && part.every((key, index) => key === path[index]));
    const old = around === undefined ? undefined : this.#valueOf(around);
    if (around === undefined || !isMapping(old)) return undefined;
    const body = bodyOf(changed(old, { path: path.slice(around[0].length), value }));
    return this.#parts.map((part) => ({ path: part[0], body: part === around ? body : this.#bodies.subarray(part[1], part[2]) }));
  }

  #valueOf(part: Part): unknown {
    const [, start, end] = part;
    if (!this.#parsed.has(part)) this.#parsed.set(part, JSON.parse(this.#bodies.toString('utf8', start, end)));
    return this.#parsed.get(part);
  }
}

/** Mappings on the way to a part are made here: no part is within another. */
function put(target: Record<string, unknown>, [key = '', ...rest]: KeyPath, value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = Object.hasOwn(target, key) ? (target[key] as Record<string, unknown>) : {};
  put(inner, rest, value);
  target[key] = inner;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** What an entry is known by, and what it is read with: both are in the text alone, and neither in the other. */
interface EntryKey {
  readonly hash: string;
  readonly secret: Uint8Array;
}

function keyOf(text: string): EntryKey {
  const digest = createHash('sha256').update(text).digest();
  return { hash: digest.toString('hex', 0, 16), secret: createHash('sha256').update(digest.subarray(16)).digest() };
}

/** The bodies as they are kept: with the nonce and the tag before them, which vouches for the header too. */
function sealed(bodies: Uint8Array, { secret }: EntryKey, header: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, secret, nonce, { authTagLength: TAG }).setAAD(header);
  const content = cipher.update(bodies);
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), content]);
}

/** The bodies as they were. Throws where a byte of them, or of the header, is another. */
function unsealed(kept: Buffer, { secret }: EntryKey, header: Uint8Array): Buffer {
  const cipher = createDecipheriv(CIPHER, secret, kept.subarray(0, NONCE), { authTagLength: TAG }).setAAD(header);
  cipher.setAuthTag(kept.subarray(NONCE, NONCE + TAG));
  const bodies = cipher.update(kept.subarray(NONCE + TAG));
  cipher.final();
  return bodies;
}

/** It also tells whether anything was changed. */
const CIPHER = 'aes-256-gcm';
/** In bytes. */
const NONCE = 12;
const TAG = 16;
