import type { PluginManifest } from '../contract/index.js';
import { canonicalJson } from './hash.js';

/**
 * Where two manifests differ: `description`, `commands.tree.input`, … Empty when they say the same, in whatever order.
 */
export function manifestDifferences(found: PluginManifest, expected: PluginManifest): readonly string[] {
  const { commands: foundCommands, ...foundRest } = found;
  const { commands: expectedCommands, ...expectedRest } = expected;
  const all = [
    ...differences(foundRest, expectedRest, ''),
    ...differences(byPath(foundCommands), byPath(expectedCommands), 'commands.').flatMap((name) => detail(name, found, expected)),
  ];
  // A hash differs with what it is of, which says more; alone, it is of something that the manifest does not show.
  const told = all.filter((name) => name !== 'hash' && !name.endsWith('.hash'));
  return told.length > 0 ? told : all;
}

function byPath(commands: PluginManifest['commands']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(commands.map((command) => [command.path, command]));
}

/** The parts of a command that differ, or the command where only one side has it. */
function detail(name: string, found: PluginManifest, expected: PluginManifest): readonly string[] {
  const path = name.slice('commands.'.length);
  const a = found.commands.find((command) => command.path === path);
  const b = expected.commands.find((command) => command.path === path);
  return a === undefined || b === undefined ? [name] : differences({ ...a }, { ...b }, `${name}.`);
}

function differences(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, prefix: string): readonly string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].filter((key) => canonicalJson(a[key]) !== canonicalJson(b[key])).map((key) => prefix + key);
}
