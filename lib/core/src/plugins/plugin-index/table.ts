import { checksumOf } from '../../manifest/hash.js';
import type { Head } from './build.js';
import type { Bytes } from './bytes.js';
import { bucketOf, decodeHeader, decodeReference, HEADER_LENGTH, IndexDamage, REFERENCE_LENGTH, type Header, type Reference } from './format.js';
import { keyOf, type Row, type RowKey } from './row.js';

/** Reads an index, wherever it is: a lookup reads the few bytes that it needs, and checks each of them. */
export class IndexTable {
  readonly #bytes: Bytes;
  readonly #header: Header;
  readonly head: Head;
  readonly #buckets = new Map<number, Bucket>();
  readonly #rows = new Map<number, readonly [Row, Reference]>();

  /** @throws `IndexDamage`, and what the file system says. */
  constructor(bytes: Bytes, identity: string) {
    this.#bytes = bytes;
    this.#header = decodeHeader(bytes.read(0, HEADER_LENGTH));
    const { headLength, checksum } = this.#header;
    this.head = JSON.parse(this.#checked({ offset: HEADER_LENGTH, length: headLength, checksum }).toString()) as Head;
    if (this.head.identity !== identity) throw new IndexDamage('it is of other plugins, or for another core');
    // A file that was cut off is noticed at once, not by whoever looks up what was at its end.
    bytes.read(this.#header.size - 1, 1);
  }

  get longestPath(): number {
    return this.#header.longestPath;
  }

  /** How many packages it knows, in order of precedence. */
  get size(): number {
    return this.#header.rows;
  }

  /** The packages that have a key, in order of precedence. */
  find(kind: RowKey, key: string): readonly number[] {
    const wanted = keyOf(kind, key);
    const bucket = this.#bucket(bucketOf(wanted, this.#header.buckets));
    return Object.hasOwn(bucket, wanted) ? (bucket[wanted] ?? []) : [];
  }

  #bucket(index: number): Bucket {
    const known = this.#buckets.get(index);
    if (known !== undefined) return known;
    const [found, bucket] = JSON.parse(this.#checked(this.#reference(index)).toString()) as readonly [number, Bucket];
    if (found !== index) throw new IndexDamage('its buckets are mixed up');
    this.#buckets.set(index, bucket);
    return bucket;
  }

  row(id: number): Row {
    return this.#entry(id)[0];
  }

  /** The text of the manifest. */
  text(id: number): Buffer {
    return this.#checked(this.#entry(id)[1]);
  }

  #entry(id: number): readonly [Row, Reference] {
    const known = this.#rows.get(id);
    if (known !== undefined) return known;
    if (id >= this.size) throw new IndexDamage('it refers to a package that it does not have');
    const [found, row, text] = JSON.parse(this.#checked(this.#reference(this.#header.buckets + id)).toString()) as readonly [number, Row, Reference];
    if (found !== id) throw new IndexDamage('its packages are mixed up');
    this.#rows.set(id, [row, text]);
    return [row, text];
  }

  #reference(index: number): Reference {
    return decodeReference(this.#bytes.read(HEADER_LENGTH + this.#header.headLength + index * REFERENCE_LENGTH, REFERENCE_LENGTH));
  }

  #checked({ offset, length, checksum }: Reference): Buffer {
    const bytes = this.#bytes.read(offset, length);
    if (checksumOf(bytes) !== checksum) throw new IndexDamage('a part of it is damaged');
    return bytes;
  }
}

/** The packages of a few keys. */
type Bucket = Readonly<Record<string, readonly number[]>>;
