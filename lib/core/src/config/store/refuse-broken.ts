import { catalogued, StructumError } from '../../errors/index.js';
import type { ValueProblem } from '../../manifest/check-value.js';
import type { Change } from '../formats/index.js';
import { changed } from '../formats/plan.js';
import type { ChangingHost } from './change-value.js';
import { refusedProblem } from './refused-problem.js';
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
    const after = changed(before, { path: rest, value });
    const broken = (await brokenRules(plugin, after)).filter((problem) => !known.has(identityOf(problem)));
    const problems = broken.map(({ path: at, message, rule }) => refusedProblem({ path: [...section, ...at], problem: message, rule }, after, schemas));
    if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems });
    return undefined;
  } catch (error) {
    if (!StructumError.is(error) || error.code === 'CONFIG_INVALID') throw error;
    return error.message;
  }
}

function identityOf({ path, rule }: ValueProblem): string {
  return JSON.stringify([path, rule]);
}
