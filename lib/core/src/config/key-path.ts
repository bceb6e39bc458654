import { catalogued } from '../errors/index.js';
import type { ValuePath } from '../manifest/check-value.js';
import { keyProblem } from './formats/problems.js';
import type { KeyPath } from './section.js';

/**
 * The keys of a path as people write it: `plugins.tree.theme`; a key with dots in it is quoted, `colors.".ts"`.
 * @throws `CONFIG_KEY_INVALID`.
 */
export function parseKeyPath(text: string): KeyPath {
  const path: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^."\s]+)/gy;
  for (let end = 0; ; end += 1) {
    pattern.lastIndex = end;
    const [whole, quoted, plain] = pattern.exec(text) ?? [];
    const key = plain ?? quoted?.replaceAll(/\\(.)/g, '$1');
    if (whole === undefined || key === undefined) throw catalogued('CONFIG_KEY_INVALID', { key: text, problem: 'is no key' });
    const problem = keyProblem(key);
    if (problem !== undefined) throw catalogued('CONFIG_KEY_INVALID', { key: text, problem });
    path.push(key);
    end += whole.length;
    if (end === text.length) return path;
    if (text[end] !== '.') throw catalogued('CONFIG_KEY_INVALID', { key: text, problem: 'is no key' });
  }
}

/** A path as people write it; an item of a list as `hosts[1]`. */
export function formatKeyPath(path: ValuePath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${String(key)}]` : `${index === 0 ? '' : '.'}${/^[^."\s\\[\]]+$/.test(key) ? key : JSON.stringify(key)}`)).join('');
}
