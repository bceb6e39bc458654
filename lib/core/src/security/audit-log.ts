import { closeSync, constants, fchmodSync, fstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AuditRecord } from '../contract/index.js';
import { makeFolders } from '../platform/make-folder.js';

/** How a log is kept. */
export interface AuditLogOptions {
  /** Bytes from which on a new file is begun; 10 MiB when left out. */
  readonly rotateAt?: number;
}

/**
 * A file of records, one a line, as JSON. Any number of processes write to it at once: each record is one write to the end.
 * What is full becomes `<file>.1`, in the place of the one before.
 */
export class AuditLog {
  readonly #file: string;
  readonly #rotateAt: number;

  constructor(file: string, { rotateAt = 10 * 2 ** 20 }: AuditLogOptions = {}) {
    this.#file = file;
    this.#rotateAt = rotateAt;
  }

  /** Adds a record. @throws what the file system says. */
  write(record: AuditRecord): void {
    const line = Buffer.from(`${lineOf(record)}\n`, 'utf8');
    this.#rotate(line.length);
    const descriptor = this.#open();
    try {
      const { mode } = statsOfFile(descriptor, this.#file);
      if (process.platform !== 'win32' && (mode & OTHERS) !== 0) fchmodSync(descriptor, mode & ~OTHERS);
      const written = writeSync(descriptor, line);
      if (written < line.length) throw new Error(`only ${String(written)} of ${String(line.length)} bytes could be written`);
    } finally {
      closeSync(descriptor);
    }
  }

  #open(): number {
    try {
      return openSync(this.#file, FLAGS, 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      makeFolders(dirname(this.#file), 0o700);
      return openSync(this.#file, FLAGS, 0o600);
    }
  }

  /** One process does it; the others go on with the full file meanwhile. Where it cannot be done, all go on with it. */
  #rotate(more: number): void {
    if (!this.#isFull(more)) return;
    const mark = `${this.#file}.rotating`;
    try {
      if (!isTaken(mark)) return;
      // Another process may have done it before the mark was taken.
      if (this.#isFull(more)) renameSync(this.#file, `${this.#file}.1`);
      rmSync(mark, { force: true });
    } catch {
      rmSync(mark, { force: true });
    }
  }

  #isFull(more: number): boolean {
    const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
    return size > 0 && size + more > this.#rotateAt;
  }
}

/** Not through a link, and without waiting where it is none that can be written: nobody is to lead records elsewhere, or hold up commands. */
const FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | ((constants.O_NOFOLLOW as number | undefined) ?? 0) | ((constants.O_NONBLOCK as number | undefined) ?? 0);

/** What others than its user may do. */
const OTHERS = 0o077;

function statsOfFile(descriptor: number, file: string): { readonly mode: number } {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) throw new Error(`${file} is no file`);
  return stats;
}

/** Milliseconds after which whoever took a mark was killed. */
const ABANDONED = 10_000;

function isTaken(mark: string): boolean {
  try {
    closeSync(openSync(mark, 'wx', 0o600));
    return true;
  } catch {
    const made = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && Date.now() - made > ABANDONED) rmSync(mark, { force: true });
    return false;
  }
}

/** As many characters of a text are kept: a record stays one write. */
const LONGEST_TEXT = 4096;

/** JSON of one line that does nothing to a terminal, whatever a plugin has put into it. */
function lineOf(record: AuditRecord): string {
  const json = JSON.stringify(record, (_key, value: unknown) => (typeof value === 'string' && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT - 1)}…` : value));
  return json.replaceAll(SPECIAL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON escapes the controls below the space; not these, nor what turns the direction of a text. */
const SPECIAL = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
