import { isSectionPath } from '../core-sections.js';
import { catalogued } from '../../errors/index.js';
import { parseKeyPath, settableKeys } from '../key-path.js';
import { OverrideLayer } from './override-layer.js';
import { holdsSettings } from './text-value.js';

/**
 * What is set on a command line: `plugins.tree.theme=ascii`.
 * @throws `CONFIG_OVERRIDE_INVALID`, `CONFIG_KEY_INVALID`.
 */
export function commandLineLayer(assignments: readonly string[]): OverrideLayer {
  return new OverrideLayer('command-line', assignments.map((assignment) => {
    const equals = assignment.indexOf('=');
    if (equals < 1) throw catalogued('CONFIG_OVERRIDE_INVALID', { assignment: assignment.replace(BEHIND_KEY, '$1…') });
    const [path, text] = [settableKeys(parseKeyPath(assignment.slice(0, equals))), assignment.slice(equals + 1)];
    if (isSectionPath(path) && !holdsSettings(text)) throw catalogued('CONFIG_OVERRIDE_INVALID', { assignment: assignment.replace(BEHIND_KEY, '$1…'), isSection: true });
    return { path, text, origin: '--set' };
  }));
}

/** What is behind a key may be a secret. */
const BEHIND_KEY = /([^\w./-]).+/s;
