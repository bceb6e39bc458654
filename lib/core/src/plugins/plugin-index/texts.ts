import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Reads many small files into few pieces of memory. */
export class Texts {
  #chunk = Buffer.alloc(0);
  #used = 0;

  /**
   * The content of a file.
   *
   * @param size - In bytes, as it was told just now.
   */
  read(file: string, size: number): Buffer {
    if (size > CHUNK / 4) return readFileSync(file);
    if (this.#used + size > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(CHUNK);
      this.#used = 0;
    }
    const descriptor = openSync(file, 'r');
    try {
      const length = readSync(descriptor, this.#chunk, this.#used, size, 0);
      const text = this.#chunk.subarray(this.#used, this.#used + length);
      this.#used += length;
      return text;
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Bytes. */
const CHUNK = 1024 * 1024;
