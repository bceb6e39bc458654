import type { ConfigChange } from '../../contract/index.js';
import { firstOf } from '../../errors/first-of.js';
import type { ValuePath } from '../../manifest/check-value.js';
import type { Configuration } from '../configuration.js';
import { formatKeyPath } from '../key-path.js';
import { isStronger, type LayerName } from '../layers/config-layer.js';
import { isMapping, valueAt } from '../section.js';
import type { Placed } from './schemas.js';
import { originOf, saidOf, type Said } from './voices.js';

/** Whether what was changed counts, and who has the last word where it does not. */
export type ChangeOutcome = Pick<ConfigChange, 'ignored' | 'overriddenBy' | 'overriddenKeys'>;

/**
 * What became of a change.
 *
 * @param own - The layer that was changed.
 */
export async function changeOutcome(configuration: Configuration, placed: Placed, own: LayerName): Promise<ChangeOutcome> {
  const { said } = saidOf(configuration, placed);
  const word = said.find(({ layer }) => layer?.name === own);
  if (word?.ignored !== undefined) return { ignored: word.ignored };
  const stronger = said.filter(({ layer, effect }) => layer !== undefined && effect !== 'ignored' && isStronger(layer.name, own));
  // Who leaves nothing of it has more to say than who replaces a part.
  const replacing = stronger.map((by) => ({ by, keys: replacedKeys(word?.value, by.value) })).reverse();
  const last = replacing.find(({ keys: [first] }) => first?.length === 0) ?? replacing.find(({ keys }) => keys.length > 0);
  return last === undefined ? {} : overridden(last, placed);
}

/** The keys that lead to what a stronger value replaces of a value, none of them where it replaces all. */
function replacedKeys(value: unknown, stronger: unknown, path: ValuePath = []): readonly ValuePath[] {
  if (stronger === undefined) return [];
  if (!isMapping(stronger)) return [path];
  // Where nothing is said any more, a mapping replaces nothing.
  if (value === undefined) return [];
  if (!isMapping(value)) return [path];
  return Object.keys(value).flatMap((key) => replacedKeys(value[key], valueAt(stronger, [key]), [...path, key]));
}

async function overridden({ by, keys }: { readonly by: Said; readonly keys: readonly ValuePath[] }, { section, rest }: Placed): Promise<ChangeOutcome> {
  const paths = firstOf(keys).first.map((key) => [...section, ...rest, ...key]);
  const [first = []] = paths;
  const isWhole = keys[0]?.length === 0;
  return { overriddenBy: await originOf(by, first), ...(isWhole ? {} : { overriddenKeys: paths.map(formatKeyPath) }) };
}
