/**
 * A short fingerprint of plain data, the same whatever the order of its keys: 64 bits of FNV-1a in hexadecimal.
 *
 * It notices what was forgotten, not what was forged; loading `node:crypto` would cost more than a command's start may.
 */
export function fingerprint(value: unknown): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(canonicalJson(value), 'utf8')) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/** JSON with sorted keys; what JSON leaves out is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
