import type { ConfigIgnoredReason } from '../../contract/index.js';
import { checkValue } from '../../manifest/check-value.js';
import type { Configuration } from '../configuration.js';
import { coreSection } from '../core-sections.js';
import { schemaAt } from '../schema-at.js';
import { isMapping, valueAt } from '../section.js';
import { standingOf } from '../stranger.js';
import type { Placed } from './schemas.js';

/**
 * Why nobody heeds what a layer says of a setting.
 *
 * @param whole - What it says of the section.
 */
export function ignoredReason(whole: unknown, placed: Placed, configuration: Configuration): ConfigIgnoredReason {
  if (!isMapping(whole)) return 'unfit';
  const [key = ''] = placed.rest;
  if (placed.plugin === undefined) return reasonInCore(whole, placed, configuration);
  const standing = standingOf(String(key), whole[key], placed.schema);
  return standing === 'counts' ? 'untrusted' : standing;
}

function reasonInCore(whole: Readonly<Record<string, unknown>>, { section: [name], rest, schema }: Placed, configuration: Configuration): ConfigIgnoredReason {
  const core = coreSection(name);
  const described = schemaAt(schema, rest);
  if (core === undefined || described === undefined) return 'unknown';
  const value = valueAt(whole, rest);
  if (value !== null && checkValue(described, value).length > 0) return 'unfit';
  return core.ofProject !== undefined && valueAt(core.ofProject(whole, configuration.saidByOthers(name)), rest) === undefined ? 'user' : 'untrusted';
}
