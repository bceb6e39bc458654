import type { PluginManifest } from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { readLimited } from '../platform/read-file.js';
import { isDeeper } from './shape.js';
import { manifestProblems } from './validate.js';

/**
 * Reads and checks a manifest file.
 *
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`.
 */
export function readManifest(file: string): PluginManifest {
  let text: string;
  try {
    text = readLimited(file, MOST_MANIFEST_BYTES).toString();
  } catch (error) {
    throw catalogued('MANIFEST_UNREADABLE', { file, reason: messageOf(error) }, error);
  }
  return parseManifest(text, file);
}

/**
 * Checks the text of the manifest in `file`.
 *
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`.
 */
export function parseManifest(text: string, file: string): PluginManifest {
  let value: unknown;
  try {
    value = jsonOf(text);
  } catch (error) {
    throw catalogued('MANIFEST_UNREADABLE', { file, reason: messageOf(error) }, error);
  }
  const problems = isDeeper(value, MOST_LEVELS) ? [`it is nested deeper than ${String(MOST_LEVELS)} levels`] : manifestProblems(value);
  if (problems.length > 0) throw catalogued('MANIFEST_INVALID', { file, problems });
  return value as PluginManifest;
}

/** Of a manifest: nobody's start is to wait for a larger one. */
export const MOST_MANIFEST_BYTES = 2 ** 20;

/** Objects and lists in one another; what nobody can read is not to bring down who shows or compares it. */
const MOST_LEVELS = 64;

/** The manifest in a text that was checked before. */
export function parseCheckedManifest(text: string): PluginManifest {
  return jsonOf(text) as PluginManifest;
}

function jsonOf(text: string): unknown {
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
}
