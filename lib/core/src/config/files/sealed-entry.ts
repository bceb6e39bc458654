import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What an entry is known by, and what it is read with: both are in the text alone, and neither in the other. */
export interface EntryKey {
  readonly hash: string;
  readonly secret: Uint8Array;
}

export function keyOf(text: string): EntryKey {
  const digest = createHash('sha256').update(text).digest();
  return { hash: digest.toString('hex', 0, 16), secret: createHash('sha256').update(digest.subarray(16)).digest() };
}

/** The bodies as they are kept: with the nonce and the tag before them, which vouches for the header too. In pieces: they are large. */
export function sealed(bodies: Uint8Array, { secret }: EntryKey, header: Uint8Array): readonly Uint8Array[] {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, secret, nonce, { authTagLength: TAG }).setAAD(header);
  const content = cipher.update(bodies);
  cipher.final();
  return [nonce, cipher.getAuthTag(), content];
}

/** The bodies as they were. Throws where a byte of them, or of the header, is another. */
export function unsealed(kept: Buffer, { secret }: EntryKey, header: Uint8Array): Buffer {
  const cipher = createDecipheriv(CIPHER, secret, kept.subarray(0, NONCE), { authTagLength: TAG }).setAAD(header);
  cipher.setAuthTag(kept.subarray(NONCE, NONCE + TAG));
  const bodies = cipher.update(kept.subarray(NONCE + TAG));
  cipher.final();
  return bodies;
}

/** It also tells whether anything was changed. */
const CIPHER = 'aes-256-gcm';
/** In bytes. */
const NONCE = 12;
const TAG = 16;
