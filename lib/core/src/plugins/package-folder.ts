import { dirname } from 'node:path';
import { packageOf } from '../platform/index.js';
import { realPath } from '../platform/real-path.js';
import { locationOf } from './location.js';
import type { PluginUnit } from './plugin-unit.js';

/**
 * The folder of a plugin's package, absolute; `undefined` where its class does not say. It is the one that was found, not
 * the one that its module is in: a link in a package could lead anywhere.
 */
export function packageFolder(unit: PluginUnit): string | undefined {
  const { kind, label } = unit.source;
  if (kind === 'package') return realPath(label) ?? label;
  const file = locationOf(unit);
  return file === undefined ? undefined : (packageOf(dirname(file))?.folder ?? dirname(file));
}
