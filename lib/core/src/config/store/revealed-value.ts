import { catalogued } from '../../errors/index.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import { templateProblems } from '../secrets/check-section.js';
import type { ValuePath } from '../../manifest/check-value.js';
import { isMapping, valueAt } from '../section.js';
import type { StoreHost } from './config-store.js';
import { placeOf } from './schemas.js';

/**
 * The value at `path` with what its references to secrets stand for.
 * @throws `CONFIG_INVALID`, and the codes of secrets.
 */
export async function revealedValue(value: unknown, path: ValuePath, configuration: Configuration, host: StoreHost): Promise<unknown> {
  const { plugin, rest } = placeOf(path, host.schemas);
  if (plugin === undefined) return path.length === 1 && path[0] === PLUGINS_SECTION && isMapping(value) ? revealedPlugins(value, configuration, host) : value;
  const problems = templateProblems(value, path);
  if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems: problems.map(({ path: at, message }) => ({ path: formatKeyPath(at), problem: message })) });
  const schema = host.schemas.schemaOf(plugin);
  const section = nested(rest, value);
  if (!isMapping(section)) return value;
  return valueAt(await host.resolveSecrets({ section, plugin, schema, source: configuration.sourceOf(plugin, schema) }, { isRevealed: true }), rest);
}

/** The value as it lies in its section; the items of a list that are before it are left empty. */
function nested(path: ValuePath, value: unknown): unknown {
  return path.reduceRight((inner, key) => (typeof key === 'number' ? Object.assign(Array<unknown>(key).fill(null), { [key]: inner }) : { [key]: inner }), value);
}

async function revealedPlugins(plugins: Readonly<Record<string, unknown>>, configuration: Configuration, host: StoreHost): Promise<unknown> {
  const revealed = Object.entries(plugins).map(async ([plugin, section]) => [plugin, await revealedValue(section, [PLUGINS_SECTION, plugin], configuration, host)] as const);
  return Object.fromEntries(await Promise.all(revealed));
}
