import type { ConfigOrigin, ConfigVoice } from '../../contract/index.js';
import type { Configuration } from '../configuration.js';
import { FileLayer } from '../files/file-layer.js';
import type { ConfigLayer } from '../layers/config-layer.js';
import { mergeValues } from '../layers/merge.js';
import { isMapping, valueAt, type KeyPath } from '../section.js';
import { schemaAt, type Placed } from './schemas.js';

/** What one layer says of a setting, and whether that counts. */
export interface Said {
  /** Absent for the default. */
  readonly layer?: ConfigLayer;
  readonly value: unknown;
  readonly effect: ConfigVoice['effect'];
}

/** What all layers say of a setting, the weakest first. */
export interface SaidTogether {
  readonly said: readonly Said[];
  /** The value that counts; `undefined` where nobody says anything. */
  readonly value: unknown;
}

/** Every layer's word on a setting. */
export function saidOf(configuration: Configuration, placed: Placed): SaidTogether {
  const { section, rest, schema } = placed;
  const fallback = rest.length === 0 ? undefined : schemaAt(schema, rest)?.default;
  const said: { layer?: ConfigLayer; value: unknown; isHeeded: boolean }[] = fallback === undefined ? [] : [{ value: fallback, isHeeded: true }];
  for (const layer of configuration.layers) {
    const whole = layer.valueAt(section, schema);
    const value = valueAt(whole, rest);
    if (value !== undefined) said.push({ layer, value, isHeeded: valueAt(configuration.heeded(layer, whole, placed), rest) !== undefined });
  }
  const heeded = said.filter(({ isHeeded }) => isHeeded).map(({ value }) => value);
  const ofLayers = mergeValues(heeded.slice(fallback === undefined ? 0 : 1));
  return {
    // A default is replaced as a whole: nobody merges with it.
    value: ofLayers === undefined ? fallback : ofLayers,
    said: said.map(({ isHeeded, layer, value }, index) => ({
      ...(layer === undefined ? {} : { layer }), value,
      effect: !isHeeded ? 'ignored' : isOverridden(said.slice(index + 1).filter((other) => other.isHeeded).map((other) => other.value), value, layer === undefined) ? 'overridden' : 'counts',
    })),
  };
}

/** Whether stronger layers leave nothing of a value. */
function isOverridden(stronger: readonly unknown[], value: unknown, isDefault: boolean): boolean {
  const replacing = stronger.filter((other) => isDefault || !isMapping(value) || !isMapping(other));
  // Taking away what a weaker layer says brings back the default.
  return isDefault ? mergeValues(stronger) !== undefined : replacing.length > 0;
}

/** Where a layer says it. */
export async function originOf({ layer }: Pick<Said, 'layer'>, path: KeyPath): Promise<ConfigOrigin> {
  if (layer === undefined) return { layer: 'default' };
  if (layer instanceof FileLayer) return { layer: layer.name, file: layer.file, ...(await layer.positionOf(path)) };
  const source = layer.sourceOf?.(path);
  return { layer: layer.name, ...(source === undefined ? {} : { source }) };
}
