import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../platform/index.js';
import { isMapping, type Section } from './section.js';

/** Increased when something else is remembered, or files mean something else. */
const FORMAT = 1;
/** Longer files are parsed each time: comparing them would cost each start more memory than it saves time. */
const LONGEST = 256 * 1024;

/** What files said that were parsed before: the parser alone takes longer to load than everything else about them. */
export class PolicyCache {
  readonly #folder: string;

  /** @param folder - Where it is kept; need not exist. Where it cannot be written, nothing is remembered. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The section that `file` held when it had this very text. */
  find(file: string, text: string): Section | undefined {
    try {
      const entry = JSON.parse(readFileSync(this.#entryOf(file), 'utf8')) as { format?: unknown; file?: unknown; text?: unknown; section?: unknown };
      return entry.format === FORMAT && entry.file === file && entry.text === text && isMapping(entry.section) ? entry.section : undefined;
    } catch {
      return undefined;
    }
  }

  async remember(file: string, text: string, section: Section): Promise<void> {
    if (text.length > LONGEST || !makeFolder(this.#folder)) return;
    try {
      const entry = JSON.stringify({ format: FORMAT, file, text, section });
      // What the user's file keeps to its user, the copy does too.
      if (entry.length < 4 * LONGEST) await writeAtomically(this.#entryOf(file), entry, { durable: false, mode: 0o600 });
    } catch {
      // The next start parses it again.
    }
  }

  #entryOf(file: string): string {
    return join(this.#folder, `${hashOf(file)}.json`);
  }
}

/** Names the entry of a file; which file it is of, the entry itself says. */
function hashOf(text: string): string {
  let [low, high] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    low = Math.imul(low ^ text.charCodeAt(index), 2_654_435_761);
    high = Math.imul(high ^ text.charCodeAt(index), 1_597_334_677);
  }
  return `${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}
