import { catalogued } from '../../errors/index.js';
import { parseKeyPath } from '../key-path.js';
import { OverrideLayer } from './override-layer.js';

/**
 * What is set on a command line: `plugins.tree.theme=ascii`.
 * @throws `CONFIG_OVERRIDE_INVALID`, `CONFIG_KEY_INVALID`.
 */
export function commandLineLayer(assignments: readonly string[]): OverrideLayer {
  return new OverrideLayer('command-line', assignments.map((assignment) => {
    const equals = assignment.indexOf('=');
    if (equals < 1) throw catalogued('CONFIG_OVERRIDE_INVALID', { assignment: assignment.replace(BEHIND_KEY, '$1…') });
    return { path: parseKeyPath(assignment.slice(0, equals)), text: assignment.slice(equals + 1), origin: '--set' };
  }));
}

/** What is behind a key may be a secret. */
const BEHIND_KEY = /([^\w./-]).+/s;
