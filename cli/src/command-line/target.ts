import type { CommandRecord, Registry } from '@structum/core';

/** What the words of a command line ask for. */
export type Target =
  /** A command; running that of a plugin that cannot be used says why. */
  | { readonly kind: 'command'; readonly command: CommandRecord; /** The words after the command's. */ readonly args: readonly string[] }
  /** All commands, or those of a group. */
  | { readonly kind: 'help'; readonly group: string | undefined }
  | { readonly kind: 'unknown'; readonly path: string; readonly suggestions: readonly string[] };

/** The one word that the command line keeps for itself, whatever plugins and configurations call their commands. */
export const HELP = 'help';

/** Finds what `words` ask for; `help <command>` is `<command> --help`. */
export function findTarget(registry: Registry, words: readonly string[]): Target {
  if (words[0] === HELP) return helpTarget(findTarget(registry, words.slice(1)));
  const route = registry.route(words);
  if (route !== undefined) return { kind: 'command', command: route.command, args: words.slice(route.length) };
  const path = words.join(' ');
  if (path === '') return { kind: 'help', group: undefined };
  if (registry.group(path).length > 0) return { kind: 'help', group: path };
  return unknown(registry, words);
}

function helpTarget(target: Target): Target {
  return target.kind === 'command' ? { ...target, args: ['--help'] } : target;
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
