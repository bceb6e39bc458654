import { ExitCode, similar, StructumError } from '@structum/core';

/**
 * No plugin has that name: `PLUGIN_UNKNOWN`, with those that may have been meant.
 *
 * @param known - The names of those that there are.
 * @param otherwise - What to do where none of them is similar.
 */
export function pluginUnknown(plugin: string, known: Iterable<string>, otherwise = 'Run "structum plugins list" for all plugins.'): StructumError {
  const suggestions = similar(plugin, [...new Set(known)]);
  return new StructumError({
    code: 'PLUGIN_UNKNOWN',
    message: `There is no plugin ${JSON.stringify(plugin)}.`,
    hint: suggestions.length > 0 ? `Did you mean ${suggestions.map((name) => JSON.stringify(name)).join(' or ')}?` : otherwise,
    details: { plugin, suggestions },
    exitCode: ExitCode.usage,
  });
}
