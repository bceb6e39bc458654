import type { CommandRecord, Registry } from '@structum/core';
import { escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { globalLine, globalRows } from './global-options.js';
import { Page, type PageOptions, type Row } from './page.js';

/** What a program says of itself. */
export interface Program {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}

/** Help for a whole program: every command in a line, by category. */
export function overview(program: Program, registry: Registry, options: PageOptions): string {
  const { style } = options;
  const commands = visibleCommands(registry.commands);
  const page = new Page(options)
    .paragraph(`${style.bold(program.name)} ${program.version}  ${program.description}`)
    .paragraph(`${style.bold('Usage:')} ${program.name} <command> [arguments] [options]`);
  for (const [category, members] of byCategory(commands, registry)) page.table(titleOf(category), members.map((member) => commandRow(member, style)));
  if (commands.length === 0) page.paragraph('No plugin offers a command. Install one beside this program: npm install @structum/plugin-tree');
  page.table('Global options', globalRows(style));
  page.list('Examples', examplesOf(commands, style));
  for (const notice of absences(program, registry)) page.paragraph(style.yellow(notice));
  return page.paragraph(style.dim(`"${program.name} <command> --help" tells more about a command.`)).toString();
}

/** Help for the commands whose paths begin with the same words. */
export function groupHelp(program: Program, group: string, commands: readonly CommandRecord[], options: PageOptions): string {
  const { style } = options;
  const members = visibleCommands(commands);
  return new Page(options)
    .paragraph(`${style.bold('Usage:')} ${program.name} ${group} <command> [arguments] [options]`)
    .table('Commands', members.map((command) => commandRow(command, style)))
    .list('Examples', examplesOf(members, style))
    .paragraph(style.dim(globalLine(program.name)))
    .paragraph(style.dim(`"${program.name} ${group} <command> --help" tells more about a command.`))
    .toString();
}

/** The commands that are not hidden, by path. */
export function visibleCommands(commands: readonly CommandRecord[]): CommandRecord[] {
  return commands.filter(({ manifest }) => manifest.hidden !== true).sort((one, other) => (one.path < other.path ? -1 : 1));
}

function byCategory(commands: readonly CommandRecord[], registry: Registry): [string, CommandRecord[]][] {
  const categories = new Map<string, CommandRecord[]>();
  for (const command of commands) {
    const category = registry.plugin(command.plugin)?.category ?? 'other';
    categories.set(category, [...(categories.get(category) ?? []), command]);
  }
  return [...categories].sort(([one], [other]) => (one < other ? -1 : 1));
}

function titleOf(category: string): string {
  return escapeLine(category.charAt(0).toUpperCase() + category.slice(1));
}

function commandRow({ path, manifest }: CommandRecord, style: Style): Row {
  const deprecated = manifest.deprecated === undefined ? '' : ` ${style.yellow('(deprecated)')}`;
  return { term: style.cyan(path), text: `${escapeLine(manifest.description)}${deprecated}` };
}

/** The first example of each of the first commands that have one. */
function examplesOf(commands: readonly CommandRecord[], style: Style): string[] {
  const examples = commands.flatMap(({ manifest }) => manifest.examples.slice(0, 1)).slice(0, MAXIMUM_EXAMPLES);
  return examples.map(({ command }) => `$ ${style.cyan(escapeLine(command))}`);
}

const MAXIMUM_EXAMPLES = 4;

/** Why commands may be missing that somebody looks for. */
function absences({ name }: Program, registry: Registry): readonly string[] {
  const down = registry.plugins.filter(({ state }) => state === 'rejected' || state === 'failed' || state === 'disabled');
  const disabled = down.filter(({ state }) => state === 'disabled').length;
  const untrusted = down.filter(({ state, tier }) => state !== 'disabled' && tier === 'found').length;
  const broken = down.length - disabled - untrusted;
  const more = registry.command('plugins list') === undefined ? '.' : `: "${name} plugins list" says what to do.`;
  return [
    ...(broken === 0 ? [] : [`${plugins(broken)} cannot be used: "${name} --verbose" says why.`]),
    ...(untrusted === 0 ? [] : [`${plugins(untrusted)} ${untrusted === 1 ? 'is' : 'are'} not loaded, because nobody said that the project is to be trusted${more}`]),
    ...(disabled === 0 ? [] : [`${plugins(disabled)} ${disabled === 1 ? 'is' : 'are'} disabled${more}`]),
  ];
}

function plugins(count: number): string {
  return count === 1 ? 'One plugin' : `${String(count)} plugins`;
}
