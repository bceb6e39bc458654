import { isUtf8 } from 'node:buffer';
import { SecretFailure } from './secret-failure.js';

/** The most that a file may hold, or a program print, in bytes. */
export const LARGEST_SECRET = 256 * 1024;

/**
 * The text of a secret, without a byte order mark and the line break at its end, which editors and programs add.
 *
 * @param source - What holds it, as problems name it.
 * @throws a `SecretFailure` for what is no text.
 */
export function secretText(bytes: Buffer, source: string): string {
  if (!isUtf8(bytes)) throw new SecretFailure('unavailable', `${source} gives no text in UTF-8`);
  return bytes.toString('utf8').replace(/^\uFEFF/, '').replace(/\r?\n$/, '');
}
