import type { ValueSchema } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { keyProblem } from '../formats/problems.js';
import { isMapping, keysOf, type KeyPath } from '../section.js';
import type { ConfigLayer, LayerName, SectionSchema } from './config-layer.js';
import { joinValues } from './merge.js';
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

/** A layer of settings that are given as text, on a command line or by environment variables. Mappings are merged; of the rest, later ones count. */
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
    return joinValues(this.overrides.map((override) => this.#saidBy(override, path, schema)));
  }

  #saidBy({ path: whole, text }: Override, path: KeyPath, schema: SectionSchema): unknown {
    if (whole.length > path.length) return this.#begins(whole, path) ? this.#nested(whole.slice(path.length), text, schema) : undefined;
    return this.#begins(path, whole) ? this.#valueIn(unresolvedValue(text, undefined), path.slice(whole.length)) : undefined;
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
    const around = this.overrides.filter(({ path: whole }) => whole.length <= path.length && this.#begins(path, whole));
    return around.findLast((override) => this.#saidBy(override, path, {}) !== undefined) ?? around.at(-1);
  }

  #begins(path: KeyPath, start: KeyPath): boolean {
    return start.every((key, index) => this.#normalize(key) === this.#normalize(path[index] ?? ''));
  }

  /** The value of a text, in mappings by the keys that lead to it. */
  #nested([given, ...rest]: KeyPath, text: string, schema: SectionSchema | undefined): unknown {
    if (given === undefined) return unresolvedValue(text, schema);
    const { properties = {}, additionalProperties = true } = schema ?? {};
    const key = Object.keys(properties).find((known) => this.#normalize(known) === this.#normalize(given)) ?? given;
    const known = Object.hasOwn(properties, key) ? properties[key] : isSchema(additionalProperties) ? additionalProperties : undefined;
    return { [key]: this.#nested(rest, text, known) };
  }
}

function refuseNames(path: KeyPath, origin: string): void {
  const problem = path.map(keyProblem).find((found) => found !== undefined);
  if (problem !== undefined) throw catalogued('CONFIG_KEY_INVALID', { key: origin, problem });
}

function isSchema(value: boolean | ValueSchema): value is ValueSchema {
  return typeof value === 'object';
}
