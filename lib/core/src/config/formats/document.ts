import { isMapping } from '../section.js';
import type { ConfigDocument } from './config-format.js';
import { offsetOf, type ConfigNode } from './node.js';
import { Places } from './places.js';
import { invalidFile } from './problems.js';
import { withoutMark } from './text.js';

/** A text that was read, whatever it holds. Offsets are those of the text without a byte order mark. */
export interface Syntax {
  /** `undefined` for an empty text. */
  readonly data: unknown;
  /** Where it all stands: made each time that it is asked for, which is seldom. Absent for an empty text. */
  readonly root: () => ConfigNode | undefined;
}

/**
 * The document that a text holds.
 * @throws `CONFIG_FILE_INVALID` where it holds no mapping.
 */
export function documentOf(source: string, file: string, { data, root }: Syntax): ConfigDocument {
  const text = withoutMark(source);
  const settings = data ?? {};
  let places: Places | undefined;
  if (!isMapping(settings)) throw invalidFile(file, text, [{ at: offsetOf(root(), []), problem: 'holds no settings: they have names' }]);
  return { file, text: source, data: settings, positionOf: (path) => (places ??= new Places(text, root())).positionOf(path) };
}
