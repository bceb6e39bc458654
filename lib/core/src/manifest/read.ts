import { readFileSync } from 'node:fs';
import type { PluginManifest } from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { manifestProblems } from './validate.js';

/**
 * Reads and checks a manifest file.
 *
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`.
 */
export function readManifest(file: string): PluginManifest {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw catalogued('MANIFEST_UNREADABLE', { file, reason: messageOf(error) }, error);
  }
  const problems = manifestProblems(value);
  if (problems.length > 0) throw catalogued('MANIFEST_INVALID', { file, problems });
  return value as PluginManifest;
}
