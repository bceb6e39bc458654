import type { CommandRecord, Registry } from '@structum/core';
import {
  choicesOf, fieldsOf, isNegatable, isSwitch, type ArgumentField, type Fields, type OptionField,
} from './command-line/fields.js';
import { GLOBAL_OPTIONS, negationOf, type GlobalValues } from './command-line/global-options.js';
import { looksLikeOption, readLeading, splitBound } from './command-line/leading.js';
import { readTail } from './command-line/tail.js';
import { escapeLine } from './terminal/escape.js';

/** A word that can stand at the cursor. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What can stand at the cursor. */
export interface Completion {
  readonly candidates: readonly Candidate[];
  /** Whether names of files or folders can stand there too: the shell knows those. */
  readonly paths: 'none' | 'files' | 'folders';
}

/**
 * What can stand in place of the last of `words`, which follow the program's name; it may be empty.
 *
 * The value in `--option=value` is completed by itself: candidates leave `--option=` out.
 */
export function complete(words: readonly string[], registry: Registry): Completion {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const { words: leading, rest } = attempt(() => readLeading(before, {}), { words: before, rest: [] });
  const route = registry.route(leading);
  const args = route === undefined ? rest : [...leading.slice(route.length), ...rest];
  const fields = route === undefined ? NO_FIELDS : fieldsOf(route.command.manifest);
  if (args.includes('--')) return completeArgument(fields, args, current);
  const open = openOption(before.at(-1), current, fields);
  if (open !== undefined) return open;
  if (current.startsWith('-')) return among(optionCandidates(fields), current);
  return merged(among(commandCandidates(registry, leading, rest), current), route === undefined ? NOTHING : completeArgument(fields, args, current));
}

/** As shells read it: a line on paths, then a line for each candidate, its description after a tab. */
export function formatCompletion({ candidates, paths }: Completion): string {
  return [paths, ...candidates.map(({ value, description }) => `${escapeLine(value)}\t${escapeLine(description)}`)].map((line) => `${line}\n`).join('');
}

const NOTHING: Completion = { candidates: [], paths: 'none' };
const NO_FIELDS: Fields = { arguments: [], options: [] };

function attempt<Value>(action: () => Value, fallback: Value): Value {
  try {
    return action();
  } catch {
    return fallback;
  }
}

/** The value of an option that stands before the cursor, or before `=` in the word at the cursor. */
function openOption(previous: string | undefined, current: string, fields: Fields): Completion | undefined {
  const [flag, value] = splitBound(current);
  if (current.startsWith('--') && value !== undefined) return valueOf(flag, value, fields);
  if (previous === undefined || !looksLikeOption(previous) || looksLikeOption(current)) return undefined;
  return valueOf(previous, current, fields);
}

/** What the values of global options are paths of. */
const GLOBAL_PATHS: Readonly<Partial<Record<string, Completion['paths']>>> = { cwd: 'folders', config: 'files' };

/** `undefined` where the option takes no value, or is not known. */
function valueOf(flag: string, value: string, fields: Fields): Completion | undefined {
  const global = GLOBAL_OPTIONS.find(({ flags, placeholder }) => placeholder !== undefined && flags.includes(flag));
  if (global !== undefined) return { candidates: [], paths: GLOBAL_PATHS[global.name] ?? 'none' };
  const field = fields.options.find(({ binding }) => binding.flags.includes(flag));
  if (field === undefined || isSwitch(field)) return undefined;
  return valuesOf(field, value);
}

/** Of a list, `ts,` is kept and the next item completed. */
function valuesOf(field: ArgumentField | OptionField, value: string): Completion {
  const separator = field.binding.kind === 'option' ? field.binding.separator : undefined;
  const kept = separator === undefined ? '' : value.slice(0, value.lastIndexOf(separator) + 1);
  const candidates = (choicesOf(field.schema) ?? []).map((choice) => ({ value: `${kept}${String(choice)}`, description: '' }));
  return { ...among(candidates, value), paths: pathsOf(field) };
}

function pathsOf({ name, binding }: ArgumentField | OptionField): Completion['paths'] {
  if (binding.path === undefined) return 'none';
  const label = binding.kind === 'option' ? (binding.placeholder ?? name) : name;
  return /^(?:dir|directory|folder)$/i.test(label) ? 'folders' : 'files';
}

function completeArgument(fields: Fields, args: readonly string[], current: string): Completion {
  const globals: GlobalValues = {};
  const { words } = readTail(args, fields, globals);
  const field = fields.arguments[words.length] ?? fields.arguments.at(-1);
  if (field === undefined || (field.binding.variadic !== true && words.length >= fields.arguments.length)) return NOTHING;
  return valuesOf(field, current);
}

/** The next word of every command that begins with the words before the cursor. */
function commandCandidates(registry: Registry, words: readonly string[], rest: readonly string[]): Candidate[] {
  if (rest.length > 0) return [];
  const found = new Map<string, string>();
  for (const record of registry.commands.filter(({ manifest }) => manifest.hidden !== true)) {
    const path = record.path.split(' ');
    const word = path[words.length];
    if (word === undefined || !words.every((given, index) => given === path[index])) continue;
    found.set(word, path.length === words.length + 1 ? record.manifest.description : (found.get(word) ?? groupDescription(registry, record, words.length + 1)));
  }
  return [...found].map(([value, description]) => ({ value, description }));
}

function groupDescription(registry: Registry, { path }: CommandRecord, length: number): string {
  const group = path.split(' ').slice(0, length).join(' ');
  const names = registry.group(group).filter(({ manifest }) => manifest.hidden !== true).map((member) => member.path.slice(group.length + 1));
  return names.filter((name) => name !== '').join(', ');
}

function optionCandidates({ options }: Fields): Candidate[] {
  const own = options.filter(({ binding }) => binding.hidden !== true && binding.deprecated === undefined).flatMap((field) =>
    flagsOf(field).map((value) => ({ value, description: field.schema.description ?? '' })));
  const global = GLOBAL_OPTIONS.flatMap(({ flags, negatable, description }) =>
    [...flags, ...(negatable === true ? flags.map(negationOf) : [])].map((value) => ({ value, description })));
  return [...own, ...global];
}

function flagsOf(field: OptionField): string[] {
  const { flags } = field.binding;
  const positive = flags.filter((flag) => flag.startsWith('--') && !flag.startsWith('--no-'));
  return isNegatable(field) && field.schema.default !== false ? [...flags, ...positive.map(negationOf)] : [...flags];
}

function among(candidates: readonly Candidate[], current: string): Completion {
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), paths: 'none' };
}

function merged(one: Completion, other: Completion): Completion {
  return { candidates: [...one.candidates, ...other.candidates], paths: other.paths };
}
