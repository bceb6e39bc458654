import { ExitCode, similar, StructumError, type PluginProblem, type Registry } from '@structum/core';

/**
 * A host has no plugin of that name: `PLUGIN_UNKNOWN`. Packages that cannot be used are told of: it may be one of theirs.
 *
 * @param known - The names that there are.
 */
export function pluginNotThere(plugin: string, registry: Registry, known: Iterable<string> = registry.plugins.map(({ name }) => name)): StructumError {
  return pluginUnknown(plugin, known, undefined, registry.problems());
}

/**
 * No plugin has that name: `PLUGIN_UNKNOWN`, with those that may have been meant.
 *
 * @param known - The names of those that there are.
 * @param otherwise - What to do where none of them is similar.
 * @param problems - Packages of which nobody knows what plugins they are.
 */
export function pluginUnknown(plugin: string, known: Iterable<string>, otherwise = 'Run "structum plugins list" for all plugins.', problems: readonly PluginProblem[] = []): StructumError {
  const suggestions = similar(plugin, [...new Set(known)]);
  const next = suggestions.length > 0 ? `Did you mean ${suggestions.map((name) => JSON.stringify(name)).join(' or ')}?` : otherwise;
  return new StructumError({
    code: 'PLUGIN_UNKNOWN',
    message: `There is no plugin ${JSON.stringify(plugin)}.`,
    hint: [next, ...withheld(problems)].join(' '),
    details: { plugin, suggestions, ...(problems.length === 0 ? {} : { problems }) },
    exitCode: ExitCode.usage,
  });
}

function withheld(problems: readonly PluginProblem[]): readonly string[] {
  const [first, ...others] = problems;
  if (first === undefined) return [];
  const { message, hint = '' } = first.error;
  return [`${message} ${hint}`.trim(), ...(others.length === 0 ? [] : [`${String(others.length)} more cannot be used either: run "structum plugins doctor".`])];
}
