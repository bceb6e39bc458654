import type { ConfigIgnoredReason, ConfigOrigin, ConfigVoice } from '../../contract/index.js';
import type { ValuePath } from '../../manifest/check-value.js';
import { completed } from '../../manifest/defaults.js';
import { knownPart } from '../../manifest/known-part.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { FileLayer } from '../files/file-layer.js';
import type { ConfigLayer, SectionSchema } from '../layers/config-layer.js';
import { mergeValues } from '../layers/merge.js';
import { isMapping, keysTo, valueAt } from '../section.js';
import { schemaAt } from '../schema-at.js';
import { ignoredReason } from './ignored-reason.js';
import { placeOf, type Placed, type SchemaSource } from './schemas.js';

/** What one layer says of a setting, and whether that counts. */
export interface Said {
  /** Absent for the default. */
  readonly layer?: ConfigLayer;
  readonly value: unknown;
  readonly effect: ConfigVoice['effect'];
  readonly ignored?: ConfigIgnoredReason;
}

/** What all layers say of a setting, the weakest first. */
export interface SaidTogether {
  readonly said: readonly Said[];
  /** The value that counts; `undefined` where nobody says anything. */
  readonly value: unknown;
}

/** Every layer's word on a setting. The value is a part of what its plugin sees, completed from the defaults as that is. */
export function saidOf(configuration: Configuration, placed: Placed): SaidTogether {
  const { section, rest, schema } = placed;
  const read = configuration.layers.map((layer) => {
    const whole = layer.valueAt(section, schema);
    return { layer, whole, heeded: configuration.heeded(layer, whole, { section, schema }) };
  });
  const merged = mergeValues(read.map(({ heeded }) => narrowed(heeded, rest)));
  const fallback = valueIn(without(merged, rest), rest, schema);
  const isMerged = keysTo(rest).length === rest.length;
  const words: readonly Word[] = [
    ...(fallback === undefined ? [] : [{ value: fallback, isHeeded: true }]),
    ...read.flatMap(({ layer, whole, heeded }): readonly Word[] => {
      const isHeeded = wordAt(heeded, rest) !== undefined;
      const value = isHeeded ? wordAt(whole, rest) : valueAt(whole, rest);
      return value === undefined ? [] : [{ layer, value, isHeeded, ...(isHeeded ? {} : { ignored: ignoredReason(whole, placed, configuration) }) }];
    }),
  ];
  return {
    value: valueIn(merged, rest, schema),
    said: words.map(({ isHeeded, ...word }, index) => {
      const stronger = words.slice(index + 1).filter((other) => other.isHeeded).map(({ value }) => value);
      return { ...word, effect: !isHeeded ? 'ignored' : isOverridden(word, stronger, isMerged) ? 'overridden' : 'counts' };
    }),
  };
}

/** What all plugins see, by their names. */
export function pluginsValue(configuration: Configuration, schemas: SchemaSource): unknown {
  const set = configuration.layers.flatMap(({ name, plugins }) => (name === 'variable' ? [] : plugins));
  const values = [...new Set([...schemas.names(), ...set])].map((plugin) => [plugin, saidOf(configuration, placeOf([PLUGINS_SECTION, plugin], schemas)).value] as const);
  const said = values.filter(([, value]) => value !== undefined);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

/** What one layer says of a setting, and whether it may. */
interface Word extends Omit<Said, 'effect'> {
  readonly isHeeded: boolean;
}

/** Of a section, the setting that is asked for: the others are nobody's concern, and may be many. */
function narrowed(section: unknown, [key]: ValuePath): unknown {
  if (typeof key !== 'string' || !isMapping(section)) return section;
  return Object.hasOwn(section, key) ? { [key]: section[key] } : {};
}

/** The value in a section, completed from the defaults. */
function valueIn(merged: unknown, [key, ...within]: ValuePath, schema: SectionSchema | undefined): unknown {
  if (key !== undefined) {
    const setting = schemaAt(schema, [key]) ?? {};
    return valueAt(knownPart(setting, completed(setting, valueAt(merged, [key]))), within);
  }
  const whole = completed(schema ?? {}, merged ?? {});
  return merged === undefined && isMapping(whole) && Object.keys(whole).length === 0 ? undefined : whole;
}

/** A section as if nobody said anything of the value that the keys lead to. */
function without(value: unknown, [key, ...within]: ValuePath): unknown {
  // An item of a list is not said without the others.
  if (key === undefined || (typeof key === 'number' && within.every((other) => typeof other === 'number'))) return undefined;
  if (typeof key === 'number') return Array.isArray(value) ? value.map((item: unknown, index) => (index === key ? without(item, within) : item)) : value;
  if (!isMapping(value) || !Object.hasOwn(value, key)) return value;
  const { [key]: inner, ...others } = value;
  const rest = without(inner, within);
  return rest === undefined ? others : { ...others, [key]: rest };
}

/** What is said of the value that the keys lead to: that there is none, where something else is on the way than what holds such. */
function wordAt(value: unknown, path: ValuePath): unknown {
  const [key, ...within] = path;
  if (key === undefined || value === undefined) return value;
  if (typeof key === 'number') return Array.isArray(value) && key < value.length ? wordAt(value[key], within) : null;
  if (!isMapping(value)) return null;
  return Object.hasOwn(value, key) ? wordAt(value[key], within) : undefined;
}

/**
 * Whether stronger layers leave nothing of a value.
 *
 * @param isMerged - Whether mappings are merged there: those in lists are not.
 */
function isOverridden({ layer, value }: Pick<Said, 'layer' | 'value'>, stronger: readonly unknown[], isMerged: boolean): boolean {
  // Taking away what a weaker layer says brings back the default.
  const replacing = layer === undefined ? [mergeValues(stronger)].filter((other) => other !== undefined) : stronger;
  return replacing.some((other) => !isMerged || !isMapping(value) || !isMapping(other));
}

/** Where a layer says it. */
export async function originOf({ layer }: Pick<Said, 'layer'>, path: ValuePath): Promise<ConfigOrigin> {
  if (layer === undefined) return { layer: 'default' };
  if (layer instanceof FileLayer) return { layer: layer.name, file: layer.file, ...(await layer.positionOf(path)) };
  const source = layer.sourceOf?.(keysTo(path));
  return { layer: layer.name, ...(source === undefined ? {} : { source }) };
}
