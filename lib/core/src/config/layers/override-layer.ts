import type { ValueSchema } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { keyProblem } from '../formats/problems.js';
import { isMapping, keysOf, type KeyPath } from '../section.js';
import type { ConfigLayer, LayerName, SectionSchema } from './config-layer.js';
import { unresolvedValue } from './text-value.js';

/** One setting given as text. */
export interface Override {
  readonly path: KeyPath;
  readonly text: string;
  /** What gave it: `$STRUCTUM_PLUGINS__TREE__THEME`, `--set`. */
  readonly origin: string;
}

/** How keys are told from each other. */
export interface OverrideOptions {
  /** Makes one of each key, so that those are the same whose are; as they are when left out. */
  readonly normalize?: (key: string) => string;
}

/** A layer of settings that are given as text, on a command line or by environment variables. Later ones count. */
export class OverrideLayer implements ConfigLayer {
  readonly name: LayerName;
  readonly overrides: readonly Override[];
  readonly #normalize: (key: string) => string;

  /** @throws `CONFIG_KEY_INVALID` for names that reach into what every object has. */
  constructor(name: LayerName, overrides: readonly Override[], { normalize = (key) => key }: OverrideOptions = {}) {
    this.name = name;
    this.overrides = overrides;
    this.#normalize = normalize;
    for (const { path, origin } of overrides) refuseNames(path, origin);
  }

  get sections(): readonly string[] {
    return [...new Set(this.overrides.map(({ path: [section = ''] }) => section))];
  }

  get plugins(): readonly string[] {
    return keysOf(this.valueAt([PLUGINS_SECTION]));
  }

  valueAt(path: KeyPath, schema: SectionSchema = {}): unknown {
    let said: unknown;
    for (const { path: whole, text } of this.overrides) {
      if (whole.length <= path.length) {
        const around = this.#begins(path, whole) ? this.#valueIn(unresolvedValue(text, undefined), path.slice(whole.length)) : undefined;
        if (around !== undefined) said = around;
      } else if (this.#begins(whole, path)) {
        const section: Record<string, unknown> = isMapping(said) ? { ...said } : {};
        this.#assign(section, whole.slice(path.length), text, schema);
        said = section;
      }
    }
    return said;
  }

  /** What a value that was given as a whole says at `path`. */
  #valueIn(value: unknown, [key, ...rest]: KeyPath): unknown {
    if (key === undefined || value === null) return value;
    if (!isMapping(value)) return undefined;
    const found = Object.keys(value).find((known) => this.#normalize(known) === this.#normalize(key));
    return found === undefined ? undefined : this.#valueIn(value[found], rest);
  }

  /** Those that set something in the section at `path`. */
  within(path: KeyPath): readonly Override[] {
    return this.overrides.filter(({ path: whole }) => whole.length > path.length && this.#begins(whole, path));
  }

  sourceOf(path: KeyPath): string | undefined {
    return (this.at(path) ?? this.within(path).at(-1))?.origin;
  }

  /** The one that sets the value at `path`, or one that it is in. */
  at(path: KeyPath): Override | undefined {
    return this.overrides.findLast(({ path: whole }) => whole.length <= path.length && this.#begins(path, whole));
  }

  #begins(path: KeyPath, start: KeyPath): boolean {
    return start.every((key, index) => this.#normalize(key) === this.#normalize(path[index] ?? ''));
  }

  #assign(section: Record<string, unknown>, [given = '', ...rest]: KeyPath, text: string, schema: SectionSchema): void {
    const { properties = {}, additionalProperties = true } = schema;
    const key = Object.keys(properties).find((known) => this.#normalize(known) === this.#normalize(given)) ?? given;
    const known = Object.hasOwn(properties, key) ? properties[key] : isSchema(additionalProperties) ? additionalProperties : undefined;
    if (rest.length === 0) {
      section[key] = unresolvedValue(text, known);
      return;
    }
    const before = Object.hasOwn(section, key) ? section[key] : undefined;
    const inner: Record<string, unknown> = typeof before === 'object' && before !== null && !Array.isArray(before) ? { ...before } : {};
    section[key] = inner;
    this.#assign(inner, rest, text, known ?? {});
  }
}

function refuseNames(path: KeyPath, origin: string): void {
  const problem = path.map(keyProblem).find((found) => found !== undefined);
  if (problem !== undefined) throw catalogued('CONFIG_KEY_INVALID', { key: origin, problem });
}

function isSchema(value: boolean | ValueSchema): value is ValueSchema {
  return typeof value === 'object';
}
