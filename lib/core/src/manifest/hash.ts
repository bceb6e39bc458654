/**
 * A short fingerprint of plain data, the same whatever the order of its keys: 64 bits of FNV-1a, as two lanes of 32,
 * in hexadecimal.
 *
 * Part of the manifest's format: another algorithm needs another `MANIFEST_VERSION`, or every manifest is stale.
 * It notices what was forgotten, not what was forged; loading `node:crypto` would cost more than a command's start may.
 */
export function fingerprint(value: unknown): string {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c;
  for (const byte of Buffer.from(canonicalJson(value), 'utf8')) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte ^ 0x5a, 0x01000193);
  }
  return hexadecimal(high) + hexadecimal(low);
}

/**
 * A checksum of bytes, of 53 bits, so that it is a whole number: the same two lanes over words of four bytes, which is
 * as many times faster. What differs in one word has another checksum for certain, anything else all but for certain.
 */
export function checksumOf(bytes: Uint8Array): number {
  let low = 0x811c9dc5;
  let high = 0x9dc5811c ^ bytes.length;
  const words = bytes.length & ~3;
  for (let at = 0; at < words; at += 4) {
    const word = byteOf(bytes, at) | (byteOf(bytes, at + 1) << 8) | (byteOf(bytes, at + 2) << 16) | (byteOf(bytes, at + 3) << 24);
    low = Math.imul(low ^ word, 0x01000193);
    high = Math.imul(((high << 13) | (high >>> 19)) ^ word, 0x5bd1e995);
  }
  for (let at = words; at < bytes.length; at += 1) {
    low = Math.imul(low ^ byteOf(bytes, at), 0x01000193);
    high = Math.imul(((high << 13) | (high >>> 19)) ^ byteOf(bytes, at), 0x5bd1e995);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

function byteOf(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function hexadecimal(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}

/** JSON with sorted keys; what JSON leaves out is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
