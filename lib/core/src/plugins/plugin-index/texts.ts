import { closeSync } from 'node:fs';
import { openWithoutWaiting, readAtMost } from '../../platform/read-file.js';

/** Reads many small files into few pieces of memory. */
export class Texts {
  #chunk = Buffer.alloc(0);
  #used = 0;

  /**
   * The content of a file.
   *
   * @param size - In bytes, as it was told just now: no more than that is read.
   */
  read(file: string, size: number): Buffer {
    const descriptor = openWithoutWaiting(file);
    try {
      return readAtMost(descriptor, this.#space(size));
    } finally {
      closeSync(descriptor);
    }
  }

  #space(size: number): Buffer {
    if (size > CHUNK / 4) return Buffer.allocUnsafeSlow(size);
    if (this.#used + size > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK);
      this.#used = 0;
    }
    this.#used += size;
    return this.#chunk.subarray(this.#used - size, this.#used);
  }
}

/** Bytes. */
const CHUNK = 1024 * 1024;
