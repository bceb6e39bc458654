import { catalogued, StructumError, type InputProblem, type SettingProblem } from '../../errors/index.js';
import type { Change } from '../formats/index.js';
import { changed } from '../formats/plan.js';
import { formatKeyPath } from '../key-path.js';
import type { ChangingHost } from './change-value.js';
import { placeOf } from './schemas.js';

/**
 * Refuses a value with which a plugin's settings break rules of its code that they did not break before: as they would be
 * if nobody else had another word on it.
 *
 * @returns why it could not be held against them, where it could not: that is no reason not to write it.
 * @throws `CONFIG_INVALID`
 */
export async function refuseBroken({ current, schemas, brokenRules }: ChangingHost, { path, value }: Change): Promise<string | undefined> {
  const { plugin, section, rest } = placeOf(path, schemas);
  if (plugin === undefined || schemas.schemaOf(plugin)?.['x-structum'] === undefined || rest.length === 0) return undefined;
  const before = (await current()).pluginSection(plugin, schemas.schemaOf(plugin)).section;
  try {
    const known = new Set((await brokenRules(plugin, before)).map(identityOf));
    const broken = (await brokenRules(plugin, changed(before, { path: rest, value }))).filter((problem) => !known.has(identityOf(problem)));
    const problems = broken.map(({ field, message }): SettingProblem => ({ path: field === '' ? formatKeyPath(section) : `${formatKeyPath(section)}.${field}`, problem: message }));
    if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems });
    return undefined;
  } catch (error) {
    if (!StructumError.is(error) || error.code === 'CONFIG_INVALID') throw error;
    return error.message;
  }
}

function identityOf({ field, rule }: InputProblem): string {
  return JSON.stringify([field, rule]);
}
