import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../../platform/index.js';
import type { Change } from '../formats/index.js';
import { LARGE } from '../formats/excerpt.js';
import type { Section } from '../section.js';
import { CachedContent, type Part } from './cached-content.js';
import { keyOf, sealed, unsealed } from './sealed-entry.js';

/** Increased when something else is remembered, or files mean something else. */
const FORMAT = 4;
/** What a file of 10 MB says is about as long; aliases can make it say far more. */
const LONGEST = 32 * 1024 * 1024;
const EXTENSION = '.config';
/** All of them together; the one that was written last always fits. */
const MOST_ENTRIES = 100;
const MOST_BYTES = 4 * LONGEST;

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
    const path = this.#entryOf(file);
    const known = inUse.get(path)?.deref();
    if (known?.text === text) return known;
    const found = read(path, file, text);
    if (found !== undefined) use(path, found);
    return found;
  }

  /** Whether `file` was whole when it had this very text. */
  knows(file: string, text: string): boolean {
    return this.find(file, text) !== undefined;
  }

  async remember(file: string, text: string, data: Section): Promise<void> {
    // Nothing that is remembered is another value than what was parsed.
    if (!MAY_BE_INFINITE.test(text) || isJson(data)) await this.#write(file, CachedContent.of(text, data));
  }

  /**
   * Remembers what `file` says after a change, as far as it is known what it said before: neither text is parsed. Nothing
   * is remembered where the change is of more than one part, or leaves nothing of it.
   */
  async amend(file: string, { before, after }: { readonly before: string; readonly after: string }, change: Change): Promise<void> {
    const content = this.find(file, before)?.amended(after, change);
    if (content !== undefined) await this.#write(file, content);
  }

  async #write(file: string, content: CachedContent): Promise<void> {
    const entry = entryFor(file, content);
    if (entry === undefined || !makeFolder(this.#folder)) return;
    try {
      use(this.#entryOf(file), content);
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

const MAY_BE_INFINITE = /inf|nan|\de\+?\d{3}/i;

/** Whether JSON has all numbers that a value holds. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isJson);
}

/** What an entry says; `undefined` where it is of another text or not as it was written. */
function read(path: string, file: string, text: string): CachedContent | undefined {
  try {
    const entry = readFileSync(path);
    const end = entry.indexOf('\n');
    const header = entry.subarray(0, end);
    const { format, file: ofFile, hash, parts } = JSON.parse(header.toString()) as Header;
    if (format !== FORMAT || ofFile !== file) return undefined;
    const key = keyOf(text);
    return hash === key.hash ? new CachedContent(text, unsealed(entry.subarray(end + 1), key, header), parts) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of an entry, in pieces; `undefined` for one that would be too large. */
function entryFor(file: string, { text, bodies, parts }: CachedContent): readonly Uint8Array[] | undefined {
  if (bodies.length > LONGEST) return undefined;
  const key = keyOf(text);
  const header = Buffer.from(JSON.stringify({ format: FORMAT, file, hash: key.hash, parts } satisfies Header));
  return [header, Buffer.from('\n'), ...sealed(bodies, key, header)];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** What is in use of large files, by its entry: a change needs it several times, and it takes long to read. */
const inUse = new Map<string, WeakRef<CachedContent>>();

function use(path: string, content: CachedContent): void {
  if (content.text.length >= LARGE) inUse.set(path, new WeakRef(content));
}
