import type { CommandManifest, ErrorReport, JsonValue } from '@structum/core';
import {
  argumentLabel, choicesOf, fieldsOf, isNegatable, isSwitch, kebab, placeholderOf, type ArgumentField, type OptionField,
} from '../command-line/fields.js';
import { escapeControl, escapeLine } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { globalLine } from './global-options.js';
import { Page, type PageOptions, type Row } from './page.js';

/**
 * Help for one command: how to write it, what its arguments and options mean, examples.
 *
 * @param unusable - Why it cannot be run.
 */
export function commandHelp(program: string, command: CommandManifest, unusable: ErrorReport | undefined, options: PageOptions): string {
  const { style } = options;
  const fields = fieldsOf(command);
  const visible = fields.options.filter(({ binding }) => binding.hidden !== true);
  const page = new Page(options).paragraph(escapeLine(command.description));
  if (unusable !== undefined) page.paragraph(`${style.yellow('Cannot be run:')} ${escapeLine([unusable.message, unusable.hint ?? ''].join(' ').trim())}`);
  if (command.deprecated !== undefined) page.paragraph(`${style.yellow('Deprecated:')} ${escapeControl(command.deprecated)}`);
  page.paragraph(`${style.bold('Usage:')} ${usageOf(program, command)}`);
  if (command.details !== undefined) page.paragraph(escapeControl(command.details));
  page.table('Arguments', fields.arguments.map((field) => argumentRow(field, style)));
  page.table('Options', visible.map((field) => optionRow(field, style)));
  page.list('Aliases', command.aliases.map((alias) => `${program} ${alias}`));
  page.list('Examples', command.examples.flatMap((example, index) => [
    ...(index === 0 ? [] : ['']), style.dim(escapeLine(example.description)), `$ ${style.cyan(escapeLine(example.command))}`,
  ]));
  return page.paragraph(style.dim(globalLine(program))).toString();
}

/** The line that shows how a command is written: `structum archive [options] [directory]`. */
export function usageOf(program: string, command: CommandManifest): string {
  const fields = fieldsOf(command);
  const hasOptions = fields.options.some(({ binding }) => binding.hidden !== true);
  const required = fields.options.filter((field) => field.required && !isSwitch(field)).map((field) => `${longestFlag(field)} <${placeholderOf(field)}>`);
  return [program, command.path, ...(hasOptions ? ['[options]'] : []), ...required, ...fields.arguments.map(argumentLabel)].join(' ');
}

function argumentRow(field: ArgumentField, style: Style): Row {
  return { term: style.cyan(kebab(field.name)), text: [escapeLine(field.schema.description ?? ''), ...remarks(field, style)].join(' ') };
}

function optionRow(field: OptionField, style: Style): Row {
  const { schema, binding } = field;
  const deprecated = binding.deprecated === undefined ? [] : [style.yellow(`(deprecated: ${escapeLine(binding.deprecated)})`)];
  return { term: style.cyan(optionTerm(field)), text: [escapeLine(schema.description ?? ''), ...remarks(field, style), ...deprecated].join(' ') };
}

/** `-o, --output <file>`, `    --[no-]toc`. */
function optionTerm(field: OptionField): string {
  const { flags } = field.binding;
  const short = flags.filter((flag) => !flag.startsWith('--'));
  const long = flags.filter((flag) => flag.startsWith('--')).map((flag) => withNegation(flag, field));
  const names = [...short, ...long].join(', ');
  const aligned = short.length === 0 ? `    ${names}` : names;
  return isSwitch(field) ? aligned : `${aligned} <${placeholderOf(field)}>`;
}

/** A switch that is off needs no way to turn it off. */
function withNegation(flag: string, field: OptionField): string {
  const isWorthIt = isNegatable(field) && field.schema.default !== false && !flag.startsWith('--no-');
  return isWorthIt ? `--[no-]${flag.slice('--'.length)}` : flag;
}

function remarks(field: ArgumentField | OptionField, style: Style): string[] {
  const { schema, binding } = field;
  const choices = choicesOf(schema);
  const isRepeatable = binding.kind === 'option' && (schema.type === 'array' || binding.count === true);
  const facts = [
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(isRepeatable ? [repetition(field.binding)] : []),
    ...rangeOf(schema.minimum, schema.maximum),
    ...(field.required && binding.kind === 'option' ? ['required'] : []),
    ...(isWorthShowing(schema.default) ? [`default: ${shown(schema.default)}`] : []),
    ...(binding.kind === 'option' && binding.env !== undefined ? [`env: ${binding.env}`] : []),
    ...(binding.kind === 'option' && binding.setting !== undefined ? [`setting: ${binding.setting}`] : []),
  ];
  return facts.length === 0 ? [] : [style.dim(`(${facts.map(escapeLine).join('; ')})`)];
}

function repetition(binding: ArgumentField['binding'] | OptionField['binding']): string {
  const separator = binding.kind === 'option' ? binding.separator : undefined;
  return separator === undefined ? 'repeatable' : `repeatable, or separated by "${separator}"`;
}

function rangeOf(minimum: number | undefined, maximum: number | undefined): string[] {
  if (minimum !== undefined && maximum !== undefined) return [`${String(minimum)} to ${String(maximum)}`];
  if (minimum !== undefined) return [`at least ${String(minimum)}`];
  return maximum === undefined ? [] : [`at most ${String(maximum)}`];
}

/** That a switch is off, a list empty or a count 0 goes without saying. */
function isWorthShowing(value: JsonValue | undefined): value is JsonValue {
  if (value === undefined || value === null || value === false || value === '' || value === 0) return false;
  return !(Array.isArray(value) && value.length === 0);
}

function shown(value: JsonValue): string {
  if (value === true) return 'on';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((item: JsonValue) => shown(item)).join(', ') : JSON.stringify(value);
}

function longestFlag({ binding }: OptionField): string {
  return binding.flags.find((flag) => flag.startsWith('--')) ?? binding.flags[0] ?? '';
}
