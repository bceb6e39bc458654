import { closeSync, readSync } from 'node:fs';
import { openOwn } from '../../platform/read-file.js';
import { HEADER_LENGTH, IndexDamage, IndexReplaced } from './format.js';

/** What an index is read from. */
export interface Bytes {
  /** @throws `IndexDamage` where there are fewer. */
  read(offset: number, length: number): Buffer;
}

/** An index in memory. */
export class MemoryBytes implements Bytes {
  readonly #buffer: Buffer;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  read(offset: number, length: number): Buffer {
    if (offset + length > this.#buffer.length) throw new IndexDamage('it is too short');
    return this.#buffer.subarray(offset, offset + length);
  }
}

/**
 * An index in a file, of which only what is asked for is read.
 *
 * The file is open while one thing is done and closed before the next: on Windows nobody could replace it otherwise.
 * One that was replaced meanwhile is told from the one that was opened first.
 */
export class FileBytes implements Bytes {
  readonly #file: string;
  #descriptor: number | undefined;
  /** Bytes from the beginning on, which are read at once: header, head, and all of a small index. */
  #beginning: Buffer | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  read(offset: number, length: number): Buffer {
    this.#beginning ??= this.#readBeginning();
    if (offset + length <= this.#beginning.length) return this.#beginning.subarray(offset, offset + length);
    // Damaged references ask for what no index has.
    if (length > LONGEST_PART) throw new IndexDamage('it refers to more than there can be');
    const bytes = Buffer.allocUnsafe(length);
    if (readSync(this.#open(), bytes, 0, length, offset) < length) throw new IndexDamage('it is too short');
    return bytes;
  }

  #readBeginning(): Buffer {
    const bytes = Buffer.allocUnsafe(BEGINNING);
    return bytes.subarray(0, readSync(this.#open(), bytes, 0, BEGINNING, 0));
  }

  #open(): number {
    if (this.#descriptor !== undefined) return this.#descriptor;
    const descriptor = openOwn(this.#file);
    this.#descriptor = descriptor;
    queueMicrotask(() => {
      this.#descriptor = undefined;
      closeSync(descriptor);
    });
    if (this.#beginning !== undefined) this.#refuseOther(descriptor, this.#beginning);
    return descriptor;
  }

  #refuseOther(descriptor: number, beginning: Buffer): void {
    const header = Buffer.alloc(HEADER_LENGTH);
    readSync(descriptor, header, 0, HEADER_LENGTH, 0);
    if (!header.equals(beginning.subarray(0, HEADER_LENGTH))) throw new IndexReplaced();
  }
}

/** Enough for the header, the head, and the references of some hundred plugins. */
const BEGINNING = 16_384;
/** Bytes of one manifest, row or bucket. */
const LONGEST_PART = 64 * 1024 * 1024;
