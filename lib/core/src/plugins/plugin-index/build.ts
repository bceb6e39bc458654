import { checksumOf } from '../../manifest/hash.js';
import { bucketOf, encodeHeader, encodeReference, HEADER_LENGTH, REFERENCE_LENGTH, type Reference } from './format.js';
import { keysAmong, type Row } from './row.js';
import type { Marker } from './markers.js';

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
  readonly text: Buffer;
}

/** Makes an index of packages, which are in order of precedence. */
export function buildIndex(head: Head, packages: readonly Gathered[]): Buffer {
  const headBytes = Buffer.from(JSON.stringify(head));
  const buckets = bucketsOf(packages.map(({ row }) => row));
  const parts = new Parts(HEADER_LENGTH + headBytes.length + (buckets.length + packages.length) * REFERENCE_LENGTH);
  const texts = packages.map(({ text, row }) => parts.add(text, row.checksum));
  const rows = packages.map(({ row }, id) => parts.add(Buffer.from(JSON.stringify([id, row, texts[id]]))));
  const references = [...buckets.map((bucket, index) => parts.add(Buffer.from(JSON.stringify([index, bucket])))), ...rows];
  const header = encodeHeader({
    size: parts.end,
    headLength: headBytes.length,
    buckets: buckets.length,
    rows: rows.length,
    longestPath: longestPathOf(packages),
    checksum: checksumOf(headBytes),
  });
  return Buffer.concat([header, headBytes, ...references.map(encodeReference), ...parts.bytes]);
}

type Bucket = Record<string, number[]>;

/** The rows that each key is of, in buckets of a few keys. */
function bucketsOf(rows: readonly Row[]): readonly Bucket[] {
  const keys = new Map<string, number[]>();
  rows.forEach((row, id) => {
    for (const key of row.keys) {
      const ids = keys.get(key);
      if (ids === undefined) keys.set(key, [id]);
      else ids.push(id);
    }
  });
  const buckets = Array.from({ length: Math.max(1, Math.ceil(keys.size / KEYS_PER_BUCKET)) }, (): Bucket => ({}));
  for (const [key, ids] of keys) {
    const bucket = buckets[bucketOf(key, buckets.length)];
    if (bucket !== undefined) bucket[key] = ids;
  }
  return buckets;
}

const KEYS_PER_BUCKET = 4;

/** Pieces of the index, one after the other. */
class Parts {
  readonly bytes: Buffer[] = [];
  end: number;

  constructor(start: number) {
    this.end = start;
  }

  add(bytes: Buffer, checksum = checksumOf(bytes)): Reference {
    const reference = { offset: this.end, length: bytes.length, checksum };
    this.bytes.push(bytes);
    this.end += bytes.length;
    return reference;
  }
}

function longestPathOf(packages: readonly Gathered[]): number {
  let longest = 0;
  for (const { row } of packages) {
    for (const path of keysAmong(row.keys, 'command')) longest = Math.max(longest, path.split(' ').length);
  }
  return longest;
}
