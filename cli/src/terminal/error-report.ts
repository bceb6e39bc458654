import { StructumError, messageOf, type InputProblem } from '@structum/core';
import { escapeControl, escapeLine } from './escape.js';
import { harmlessJson, plain } from './json.js';
import type { Style } from './style.js';

/** How to tell of an error. */
export interface ErrorReportOptions {
  readonly json: boolean;
  /** Whether to show stacks. */
  readonly verbose: boolean;
  readonly style: Style;
  /** Whether a person reads the JSON. */
  readonly isTerminal: boolean;
  /** How the command is written, where that helps. */
  readonly usage?: string | undefined;
  /** What fields of the input are called on a command line: `depth` is `--depth`. */
  readonly labels?: ReadonlyMap<string, string> | undefined;
}

/** An error as text for standard error, with a line feed at its end. */
export function errorReport(error: unknown, options: ErrorReportOptions): string {
  return options.json ? jsonReport(error, options) : textReport(error, options);
}

function jsonReport(error: unknown, { verbose, isTerminal, labels }: ErrorReportOptions): string {
  const data = StructumError.is(error)
    ? { code: error.code, message: messageFor(error, labels), hint: error.hint, details: plain(error.details), source: error.source, causeCode: causeCodeOf(error) }
    : { code: 'UNEXPECTED', message: messageOf(error) };
  const stacks = verbose ? { stacks: chainOf(error).map(stackOf) } : {};
  return `${harmlessJson({ error: { ...data, ...stacks } }, isTerminal)}\n`;
}

function textReport(error: unknown, { verbose, style, usage, labels }: ErrorReportOptions): string {
  const message = StructumError.is(error) ? messageFor(error, labels) : messageOf(error);
  const hint = StructumError.is(error) ? error.hint : 'Run it again with --verbose to see where this comes from.';
  const stacks = verbose ? chainOf(error).map((link, index) => style.dim(`${index === 0 ? '' : 'caused by: '}${escapeControl(stackOf(link))}`)) : [];
  return [
    `${style.bold(style.red('error:'))} ${indented(message)}`,
    ...(hint === undefined ? [] : [`${style.cyan('hint:')} ${indented(hint)}`]),
    ...(verbose ? sourceOf(error, style) : []),
    ...(usage === undefined ? [] : [`${style.cyan('usage:')} ${escapeLine(usage)}`]),
    ...stacks,
    '',
  ].join('\n');
}

/** On a line of its own: whoever typed the command knows which that was. */
function sourceOf(error: unknown, style: Style): readonly string[] {
  const source = StructumError.is(error) ? error.source : undefined;
  if (source === undefined) return [];
  return [`${style.cyan('from:')} ${escapeLine(`plugin "${source.plugin}"${source.command === undefined ? '' : `, command "${source.command}"`}`)}`];
}

function indented(text: string): string {
  return escapeControl(text.trimEnd()).replaceAll('\n', '\n  ');
}

/** Problems with the input are told in the words of the command line. */
function messageFor(error: StructumError, labels: ReadonlyMap<string, string> | undefined): string {
  const problems = error.code === 'INPUT_INVALID' ? error.details?.problems : undefined;
  if (labels === undefined || !Array.isArray(problems) || problems.length === 0) return error.message;
  return (problems as readonly InputProblem[]).map((problem) => describe(problem, labels)).join('\n');
}

function describe({ field, message, received, origin }: InputProblem, labels: ReadonlyMap<string, string>): string {
  const name = /^[^.[]*/.exec(field)?.[0] ?? field;
  const subject = field === '' ? 'The input' : `${labels.get(name) ?? name}${field.slice(name.length)}`;
  const from = origin === undefined ? '' : ` (from ${origin})`;
  const value = received === undefined ? '' : `, got ${shortened(JSON.stringify(plain(received)))}`;
  return `${subject}${from} ${message}${value}`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What the system or Node calls that from which it follows: "ENOENT". */
function causeCodeOf(error: StructumError): string | undefined {
  return chainOf(error.cause).map((link) => (link as NodeJS.ErrnoException | null)?.code).find((code) => typeof code === 'string');
}

/** The error and what caused it, outermost first. */
function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let link = error; link !== undefined && !chain.includes(link); link = link instanceof Error ? link.cause : undefined) chain.push(link);
  return chain;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
