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
