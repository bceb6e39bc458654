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
    if (equals < 1) throw catalogued('CONFIG_OVERRIDE_INVALID', { assignment });
    return { path: parseKeyPath(assignment.slice(0, equals)), text: assignment.slice(equals + 1), origin: '--set' };
  }));
}
