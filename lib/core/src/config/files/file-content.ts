import { PLUGINS_SECTION } from '../core-sections.js';
import { isSection } from '../plugin-sections.js';
import { isMapping, keysOf, valueAt, type KeyPath, type Section } from '../section.js';

/** What a file says. */
export interface FileContent {
  /** The keys at its top. */
  readonly sections: readonly string[];
  /** The names of the plugins for which it says something. */
  readonly plugins: readonly string[];
  /** Whether it is known that what it says for each plugin are settings by name. */
  readonly isWellShaped?: boolean;
  /** `undefined` where it says nothing. */
  valueAt(path: KeyPath): unknown;
}

/** What was parsed. */
export class ParsedContent implements FileContent {
  readonly #data: Section;

  constructor(data: Section) {
    this.#data = data;
  }

  get sections(): readonly string[] {
    return Object.keys(this.#data);
  }

  get plugins(): readonly string[] {
    return keysOf(this.#data[PLUGINS_SECTION]);
  }

  valueAt(path: KeyPath): unknown {
    return valueAt(this.#data, path);
  }
}

/**
 * The parts that data is kept in, so that one can be had without the others: each setting at the top, and of `plugins`
 * each plugin, where what it says for all of them are settings by name.
 */
export function partsOf(data: Section): readonly { readonly path: KeyPath; readonly value: unknown }[] {
  return Object.entries(data).flatMap(([key, value]) => {
    const isDivided = key === DIVIDED && isMapping(value) && Object.keys(value).length > 0 && Object.values(value).every(isSection);
    return isDivided ? Object.entries(value).map(([name, inner]) => ({ path: [key, name], value: inner })) : [{ path: [key], value }];
  });
}

const DIVIDED = PLUGINS_SECTION;
