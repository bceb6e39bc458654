import { checksumOf } from '../../manifest/hash.js';
import { bucketOf, encodeHeader, HEADER_LENGTH, REFERENCE_LENGTH, type Reference } from './format.js';
import type { Marker } from './markers.js';
import { keyOf, type Row, type RowKey } from './row.js';

/** What an index says of itself. */
export interface Head {
  /** What it is an index of, and for which core. */
  readonly identity: string;
  /** Of this one index: no two have the same. */
  readonly id: string;
  /** What tells whether it is still true. */
  readonly markers: readonly Marker[];
}

/** A package and the text of its manifest. */
export interface Gathered {
  readonly row: Row;
  /** Throws `IndexDamage` where it comes from an earlier index that is damaged. */
  readonly text: () => Buffer;
}

/** Makes an index of packages, which are in order of precedence. */
export function buildIndex(head: Head, packages: readonly Gathered[]): Buffer {
  const headText = JSON.stringify(head);
  const headLength = Buffer.byteLength(headText);
  const { buckets, longestPath } = bucketsOf(packages);
  const writer = new Writer(HEADER_LENGTH + headLength + (buckets.length + packages.length) * REFERENCE_LENGTH, packages.length * PACKAGE_SIZE);
  let reference = HEADER_LENGTH + headLength;
  const rows = packages.map(({ row, text }, id) => `[${String(id)},${JSON.stringify(row)},${JSON.stringify(writer.add(text(), row.checksum))}]`);
  for (const part of [...buckets.map((bucket, index) => `[${String(index)},{${bucket.join()}}]`), ...rows]) {
    writer.putReference(writer.addText(part), reference);
    reference += REFERENCE_LENGTH;
  }
  const checksum = writer.putText(headText, HEADER_LENGTH);
  writer.put(encodeHeader({ size: writer.end, headLength, buckets: buckets.length, rows: rows.length, longestPath, checksum }), 0);
  return writer.content;
}

/** The packages that each key is of, in buckets of a few keys, as JSON without the braces. */
function bucketsOf(packages: readonly Gathered[]): { readonly buckets: readonly (readonly string[])[]; readonly longestPath: number } {
  const ids = new Map<string, number[]>();
  let longestPath = 0;
  packages.forEach(({ row: { keys } }, id) => {
    for (const path of keys.command ?? []) longestPath = Math.max(longestPath, path.split(' ').length);
    for (const [kind, values] of Object.entries(keys)) {
      for (const value of values) {
        const key = keyOf(kind as RowKey, value);
        const known = ids.get(key);
        if (known === undefined) ids.set(key, [id]);
        else known.push(id);
      }
    }
  });
  const buckets = Array.from({ length: Math.max(1, Math.ceil(ids.size / KEYS_PER_BUCKET)) }, (): string[] => []);
  for (const [key, packageIds] of ids) buckets[bucketOf(key, buckets.length)]?.push(`${JSON.stringify(key)}:[${packageIds.join()}]`);
  return { buckets, longestPath };
}

const KEYS_PER_BUCKET = 4;

/** Writes the parts of an index one after the other, and its beginning last. */
class Writer {
  #bytes: Buffer;
  end: number;

  /**
   * @param start - Where the parts begin.
   * @param room - How many bytes they may take together.
   */
  constructor(start: number, room: number) {
    this.#bytes = Buffer.allocUnsafeSlow(start + room);
    this.end = start;
  }

  get content(): Buffer {
    return this.#bytes.subarray(0, this.end);
  }

  add(bytes: Buffer, checksum: number): Reference {
    this.#reserve(bytes.length);
    const reference = { offset: this.end, length: bytes.length, checksum };
    this.put(bytes, this.end);
    this.end += bytes.length;
    return reference;
  }

  addText(text: string): Reference {
    this.#reserve(text.length * 3);
    const offset = this.end;
    this.end += this.#bytes.write(text, offset);
    return { offset, length: this.end - offset, checksum: checksumOf(this.#bytes.subarray(offset, this.end)) };
  }

  put(bytes: Buffer, offset: number): void {
    bytes.copy(this.#bytes, offset);
  }

  /** The checksum of what was put. */
  putText(text: string, offset: number): number {
    const length = this.#bytes.write(text, offset);
    return checksumOf(this.#bytes.subarray(offset, offset + length));
  }

  putReference({ offset, length, checksum }: Reference, at: number): void {
    this.#bytes.writeUInt32LE(offset, at);
    this.#bytes.writeUInt32LE(length, at + 4);
    this.#bytes.writeDoubleLE(checksum, at + 8);
  }

  #reserve(length: number): void {
    if (this.end + length <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.end + length));
    this.#bytes.copy(larger, 0, 0, this.end);
    this.#bytes = larger;
  }
}

/** Bytes that most packages take at the most: their manifests' texts, rows and buckets. */
const PACKAGE_SIZE = 6 * 1024;
