import type { CommandManifest, CommandRecord, ErrorReport, Registry } from '@structum/core';
import { visibleCommands, type Program } from './overview.js';

/** Help as data: a program and its commands, or those of a group. */
export interface HelpData extends Program {
  readonly commands: readonly CommandData[];
}

/** A command in {@link HelpData}: what its manifest says of it, and whose it is. */
export interface CommandData extends Pick<CommandManifest, 'path' | 'aliases' | 'description' | 'details' | 'deprecated' | 'streams' | 'examples' | 'input'> {
  readonly plugin: string;
  readonly category: string;
  /** Why it cannot be run. */
  readonly unusable?: ErrorReport;
}

/** What the help pages tell, for programs. */
export function helpData(program: Program, commands: readonly CommandRecord[], registry: Registry): HelpData {
  return { ...program, commands: visibleCommands(commands).map((command) => commandData(command, registry)) };
}

/** One command, as {@link helpData} lists it. */
export function commandData({ path, plugin, manifest }: CommandRecord, registry: Registry): CommandData {
  const { aliases, description, details, deprecated, streams, examples, input } = manifest;
  const { category = 'other', reason } = registry.plugin(plugin) ?? {};
  return {
    path,
    aliases,
    description,
    ...(details === undefined ? {} : { details }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(streams === undefined ? {} : { streams }),
    plugin,
    category,
    ...(reason === undefined ? {} : { unusable: reason }),
    examples,
    input,
  };
}
