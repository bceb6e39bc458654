import { catalogued } from '../errors/index.js';
import type { ValuePath } from '../manifest/check-value.js';
import { keyProblem } from './formats/problems.js';
import { keysTo, type KeyPath } from './section.js';

/**
 * The keys of a path as people write it: `plugins.tree.theme`; a key with dots in it is quoted, `colors.".ts"`, and an item of
 * a list is a number, `hosts[1]`.
 * @throws `CONFIG_KEY_INVALID`.
 */
export function parseKeyPath(text: string): ValuePath {
  const path: (string | number)[] = [];
  for (let end = 0; ; end += 1) {
    const [whole, quoted, plain] = matchAt(KEY, text, end);
    const key = plain ?? quoted?.replaceAll(/\\(.)/g, '$1');
    if (whole === undefined || key === undefined) throw catalogued('CONFIG_KEY_INVALID', { key: text, problem: 'is no key' });
    const problem = keyProblem(key);
    if (problem !== undefined) throw catalogued('CONFIG_KEY_INVALID', { key: text, problem });
    path.push(key);
    end += whole.length;
    for (let [item, index] = matchAt(ITEM, text, end); item !== undefined; [item, index] = matchAt(ITEM, text, end)) {
      path.push(Number(index));
      end += item.length;
    }
    if (end === text.length) return path;
    if (text[end] !== '.') throw catalogued('CONFIG_KEY_INVALID', { key: text, problem: 'is no key' });
  }
}

const KEY = /"((?:[^"\\]|\\.)*)"|([^."\s[\]]+)/y;
const ITEM = /\[(\d+)\]/y;

function matchAt(pattern: RegExp, text: string, position: number): readonly (string | undefined)[] {
  pattern.lastIndex = position;
  return pattern.exec(text) ?? [];
}

/**
 * The keys of a value that can be set.
 * @throws `CONFIG_KEY_INVALID` for an item of a list, and what is in it.
 */
export function settableKeys(path: ValuePath): KeyPath {
  const keys = keysTo(path);
  if (keys.length < path.length) throw catalogued('CONFIG_KEY_INVALID', { key: formatKeyPath(path), problem: 'is within a list, which is set as a whole', list: formatKeyPath(keys) });
  return keys;
}

/** A path as people write it; an item of a list as `hosts[1]`. */
export function formatKeyPath(path: ValuePath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${String(key)}]` : `${index === 0 ? '' : '.'}${/^[^."\s\\[\]]+$/.test(key) ? key : JSON.stringify(key)}`)).join('');
}
