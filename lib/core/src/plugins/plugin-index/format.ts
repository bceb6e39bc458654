import { checksumOf } from '../../manifest/hash.js';

/** Counts up whenever a reader of the old format would misunderstand the new one. */
export const FORMAT = 2;

/**
 * The beginning of an index. After it come, without gaps: the head (JSON), a reference to each bucket, a reference to
 * each row, and what these refer to: buckets and rows (JSON), and the texts of the manifests.
 */
export interface Header {
  /** Bytes of the whole. */
  readonly size: number;
  readonly headLength: number;
  readonly buckets: number;
  readonly rows: number;
  readonly longestPath: number;
  /** Of the head. */
  readonly checksum: number;
}

/** Where a part of the index is, and its checksum. */
export interface Reference {
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
}

/** Bytes of a header: 8 of the magic, 6 numbers, the head's checksum, its own. */
export const HEADER_LENGTH = 48;
/** Bytes of a reference: 2 numbers and a checksum. */
export const REFERENCE_LENGTH = 16;

const MAGIC = Buffer.from('STRUCTUM');
const CHECKED = HEADER_LENGTH - 8;

export function encodeHeader({ size, headLength, buckets, rows, longestPath, checksum }: Header): Buffer {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  MAGIC.copy(bytes);
  [FORMAT, size, headLength, buckets, rows, longestPath].forEach((value, index) => bytes.writeUInt32LE(value, MAGIC.length + index * 4));
  bytes.writeDoubleLE(checksum, MAGIC.length + 24);
  bytes.writeDoubleLE(checksumOf(bytes.subarray(0, CHECKED)), CHECKED);
  return bytes;
}

/** @throws `IndexDamage` */
export function decodeHeader(bytes: Buffer): Header {
  if (bytes.length < HEADER_LENGTH || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new IndexDamage('it does not begin like an index');
  if (bytes.readDoubleLE(CHECKED) !== checksumOf(bytes.subarray(0, CHECKED))) throw new IndexDamage('its header is damaged');
  const [format, size, headLength, buckets, rows, longestPath] = [0, 1, 2, 3, 4, 5].map((index) => bytes.readUInt32LE(MAGIC.length + index * 4)) as [number, number, number, number, number, number];
  if (format !== FORMAT) throw new IndexDamage(`it has the format ${String(format)}`);
  return { size, headLength, buckets, rows, longestPath, checksum: bytes.readDoubleLE(MAGIC.length + 24) };
}

export function decodeReference(bytes: Buffer): Reference {
  return { offset: bytes.readUInt32LE(0), length: bytes.readUInt32LE(4), checksum: bytes.readDoubleLE(8) };
}

/** Which bucket holds a key, where there are `count`. */
export function bucketOf(key: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % count;
}

/** An index cannot be read: what is there is no index, not this one, or damaged. It is made anew. */
export class IndexDamage extends Error {}

/** Another process put another index in its place while it was read. */
export class IndexReplaced extends IndexDamage {
  constructor() {
    super('it was replaced');
  }
}
