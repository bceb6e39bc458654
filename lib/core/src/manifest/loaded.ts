import type { FailedImport } from './load-failure.js';

/**
 * What `load` gives, which imports code of a plugin.
 *
 * @throws `PLUGIN_LOAD_FAILED` with the line of the code that is to blame, or the error with a code that `load` throws.
 */
export async function loaded<Value>(plugin: FailedImport, load: () => Promise<Value>): Promise<Value> {
  try {
    return await load();
  } catch (error) {
    const { loadFailure } = await import('./load-failure.js');
    throw await loadFailure(plugin, error);
  }
}
