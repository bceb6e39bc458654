import { existsSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { catalogued, isCatalogued, messageOf, remedyIn, type ErrorParams, type StructumError } from '../errors/index.js';
import { failureLocation } from '../platform/failure-location.js';
import { packageOf } from '../platform/index.js';

/** The module of a plugin that could not be imported. */
export interface FailedImport {
  readonly plugin: string;
  /** The plugin's entry; where its code is a class that was given, what that is called. */
  readonly file: string;
}

/**
 * `PLUGIN_LOAD_FAILED` for what importing a plugin, or one of its commands, threw, with the line of the code that is to
 * blame; errors that say what is wrong already stay as they are.
 */
export async function loadFailure({ plugin, file }: FailedImport, error: unknown): Promise<StructumError> {
  if (isCatalogued(error)) return error.code === 'PLUGIN_LOAD_FAILED' && error.details?.['at'] === undefined ? located(error, file) : error;
  if (isAbsolute(file) && !existsSync(file)) return missingEntry(plugin, file, error);
  return catalogued('PLUGIN_LOAD_FAILED', { plugin, file, ...(await placeIn(file, error)), reason: reasonOf(error), ...remedyIn(error) }, error);
}

function missingEntry(plugin: string, file: string, error: unknown): StructumError {
  const remedy = `Build "${plugin}", for instance with "npm run build" in its folder, or correct the entry in its package.json.`;
  return catalogued('PLUGIN_LOAD_FAILED', { plugin, file, reason: 'its entry is missing', remedy }, error);
}

/** What imported a command did not know where the plugin is. */
async function located(error: StructumError, file: string): Promise<StructumError> {
  const place = await placeIn(file, error.cause);
  if (place.at === undefined) return error;
  return catalogued('PLUGIN_LOAD_FAILED', { ...(error.details as ErrorParams<'PLUGIN_LOAD_FAILED'>), reason: reasonOf(error.cause), ...place }, error.cause);
}

async function placeIn(file: string, error: unknown): Promise<{ readonly at?: string }> {
  if (!isAbsolute(file)) return {};
  const at = await failureLocation(error, packageOf(dirname(file))?.folder ?? dirname(file));
  return at === undefined ? {} : { at };
}

/** Node adds lines on who required what, which are told already. */
function reasonOf(error: unknown): string {
  return messageOf(error).replace(/\nRequire stack:[^]*$/, '').replaceAll(/(?:[?&]|%3F)structum=\d+/g, '');
}
