import type { KeyPath } from '../../section.js';
import { tomlStatements, type TomlHeader, type TomlPair } from './scan.js';

/** The root of a file, or what a header begins, up to the next one. */
export interface TomlSection {
  readonly path: KeyPath;
  /** Absent for the root. */
  readonly header?: TomlHeader;
  /** Whether it is in an array of tables, where no path leads. */
  readonly isInArray: boolean;
  readonly pairs: readonly LocatedPair[];
}

/** A pair, and the path that its keys lead to from the root. */
export interface LocatedPair extends TomlPair {
  readonly path: KeyPath;
}

/** The sections of a text that is TOML; the root is the first one. */
export function tomlSections(text: string): readonly TomlSection[] {
  const pairs: LocatedPair[] = [];
  const sections: (TomlSection & { readonly pairs: LocatedPair[] })[] = [{ path: [], isInArray: false, pairs }];
  const arrays = new Set<string>();
  const isInArray = (keys: KeyPath): boolean => arrays.size > 0 && keys.some((_key, index) => arrays.has(JSON.stringify(keys.slice(0, index + 1))));
  for (const statement of tomlStatements(text)) {
    const keys = statement.keys.map(({ key }) => key);
    const section = sections.at(-1);
    if (statement.kind === 'pair') section?.pairs.push({ ...statement, path: [...(section.path), ...keys] });
    else {
      if (statement.isArray) arrays.add(JSON.stringify(keys));
      sections.push({ path: keys, header: statement, isInArray: isInArray(keys), pairs: [] });
    }
  }
  return sections;
}

/** Whether keys begin with others. */
export function startsWith(path: KeyPath, prefix: KeyPath): boolean {
  return prefix.length <= path.length && prefix.every((key, index) => path[index] === key);
}

/** Whether keys are the same ones. */
export function isSame(path: KeyPath, other: KeyPath): boolean {
  return path.length === other.length && startsWith(path, other);
}

/** How many keys two paths begin with alike. */
export function commonDepth(path: KeyPath, other: KeyPath): number {
  const index = path.findIndex((key, depth) => key !== other[depth]);
  return index === -1 ? path.length : index;
}

/** Where a section ends that has no more lines than it needs. */
export function sectionEnd({ header, pairs }: TomlSection): number {
  return pairs.at(-1)?.end ?? header?.end ?? 0;
}
