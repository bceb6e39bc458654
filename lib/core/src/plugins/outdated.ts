import { readFileSync } from 'node:fs';
import type { PluginState } from '../contract/index.js';
import { parseCheckedManifest } from '../manifest/read.js';
import type { PluginUnit } from './plugin-unit.js';

/** Whether the package of a plugin that is not up yet says something else now than when it was found. */
export function isOutdated({ manifest, manifestFile, state, isBegun }: PluginUnit): boolean {
  if (manifestFile === undefined || isBegun || !NOT_UP.has(state)) return false;
  try {
    return JSON.stringify(parseCheckedManifest(readFileSync(manifestFile, 'utf8'))) !== JSON.stringify(manifest);
  } catch {
    return true;
  }
}

/** Where the next use of a plugin may be its first. */
const NOT_UP: ReadonlySet<PluginState> = new Set(['discovered', 'resolved', 'rejected']);
