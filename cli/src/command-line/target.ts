import { catalogue, StructumError, type CommandManifest, type CommandRecord, type PluginRecord, type Registry } from '@structum/core';

/** What the words of a command line ask for. */
export type Target =
  | { readonly kind: 'command'; readonly command: CommandRecord; /** The words after the command's. */ readonly args: readonly string[] }
  /** All commands, or those of a group. */
  | { readonly kind: 'help'; readonly group: string | undefined }
  /** A command of a plugin that cannot be used, and why. */
  | { readonly kind: 'unusable'; readonly error: StructumError }
  | { readonly kind: 'unknown'; readonly path: string; readonly suggestions: readonly string[] };

/** Finds what `words` ask for; `help <command>` is `<command> --help`, unless a plugin has a command `help`. */
export function findTarget(registry: Registry, words: readonly string[]): Target {
  const route = registry.route(words);
  if (route !== undefined) return { kind: 'command', command: route.command, args: words.slice(route.length) };
  if (words[0] === 'help') return helpTarget(findTarget(registry, words.slice(1)));
  const path = words.join(' ');
  if (path === '') return { kind: 'help', group: undefined };
  if (registry.group(path).length > 0) return { kind: 'help', group: path };
  const error = unusable(registry, words);
  return error === undefined ? unknown(registry, words) : { kind: 'unusable', error };
}

function helpTarget(target: Target): Target {
  return target.kind === 'command' ? { ...target, args: ['--help'] } : target;
}

/** Plugins that are rejected offer no commands; their manifests still say which ones they would. */
function unusable(registry: Registry, words: readonly string[]): StructumError | undefined {
  const broken = registry.plugins.filter(({ reason }) => reason !== undefined);
  for (const plugin of broken) {
    const command = plugin.manifest.commands.find((candidate) => isMeant(candidate, words));
    if (command !== undefined) return unusableCommand(plugin, command);
  }
  return undefined;
}

function isMeant({ path, aliases }: CommandManifest, words: readonly string[]): boolean {
  return [path, ...aliases].some((name) => name.split(' ').every((word, index) => word === words[index]));
}

function unusableCommand({ name, reason }: PluginRecord, { path }: CommandManifest): StructumError {
  return new StructumError({
    code: reason?.code ?? 'PLUGIN_REJECTED',
    message: `The command "${path}" is not available, because its plugin "${name}" cannot be used: ${reason?.message ?? ''}`,
    hint: reason?.hint,
    exitCode: exitCodeOf(reason?.code),
    details: { command: path, plugin: name, ...(reason?.causes === undefined ? {} : { causes: reason.causes }) },
  });
}

/** What is disabled or not trusted is refused; everything else is a failure. */
function exitCodeOf(code: string | undefined): number | undefined {
  const entry: { readonly exitCode?: number } | undefined = Object.entries(catalogue).find(([name]) => name === code)?.[1];
  return entry?.exitCode;
}

/** Names as many words as still lead into a group, and one more. */
function unknown(registry: Registry, words: readonly string[]): Target {
  let length = 1;
  while (length < words.length && registry.group(words.slice(0, length).join(' ')).length > 0) length += 1;
  const path = words.slice(0, length).join(' ');
  const readings = [path, words.slice(0, length + 1).join(' ')];
  const suggestions = [...new Set(readings.flatMap((reading) => registry.suggest(reading)))].slice(0, 3);
  return { kind: 'unknown', path, suggestions };
}
