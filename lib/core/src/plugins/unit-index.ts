import type { CatalogKey } from './catalog.js';
import type { PluginUnit } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';

const NONE: ReadonlySet<PluginUnit> = new Set();

/** Finds plugins by what they say of themselves. */
export class UnitIndex {
  readonly #policy: AppliedPolicy;
  readonly #units = new Map<string, Set<PluginUnit>>();
  #longestPath = 0;

  constructor(policy: AppliedPolicy) {
    this.#policy = policy;
  }

  /** The most words that any name of a command has that was ever among them. */
  get longestPath(): number {
    return this.#longestPath;
  }

  /** The plugins that say `key` of themselves. */
  find(kind: CatalogKey, key: string): ReadonlySet<PluginUnit> {
    return this.#units.get(`${kind}\0${key}`) ?? NONE;
  }

  add(unit: PluginUnit): void {
    for (const key of this.#keysOf(unit)) {
      const units = this.#units.get(key);
      if (units === undefined) this.#units.set(key, new Set([unit]));
      else units.add(unit);
    }
    for (const { name } of this.#policy.namesOf(unit.manifest)) this.#longestPath = Math.max(this.#longestPath, wordsOf(name));
  }

  remove(unit: PluginUnit): void {
    for (const key of this.#keysOf(unit)) {
      const units = this.#units.get(key);
      units?.delete(unit);
      if (units?.size === 0) this.#units.delete(key);
    }
  }

  *#keysOf({ manifest }: PluginUnit): Iterable<string> {
    const { category, keywords = [], requires, optional, conflicts, provides, requiresServices = [], activation = [] } = manifest;
    for (const { name } of this.#policy.namesOf(manifest)) yield `command\0${name}`;
    yield `category\0${category}`;
    for (const id of provides) yield `service\0${id}`;
    for (const keyword of keywords) yield `keyword\0${keyword}`;
    for (const name of Object.keys(requires)) yield `dependent\0${name}`;
    for (const name of Object.keys(optional)) yield `dependent\0${name}`;
    for (const id of requiresServices) yield `consumer\0${id}`;
    for (const name of Object.keys(conflicts)) yield `opponent\0${name}`;
    for (const event of activation) yield `activation\0${event}`;
  }
}

function wordsOf(name: string): number {
  let words = 1;
  for (let at = name.indexOf(' '); at !== -1; at = name.indexOf(' ', at + 1)) words += 1;
  return words;
}
