import { DEEPEST, type Problem } from '../problems.js';
import { indentAt, lineStartAt, positionAt } from '../text.js';
import { openedAt } from './opened.js';

/** What is wrong in a text of YAML, in words that tell nothing of the text: what cannot be read may be a secret. */
export function problemOf(reason: string, text: string, at: number): Problem {
  if (/^deficient indentation|^tab characters/.test(reason)) return indentProblem(text, at);
  if (/^unexpected end of the (?:stream|document) within a/.test(reason)) return endlessProblem(text, at);
  const problem = PROBLEMS.find(([beginning]) => beginning.test(reason))?.[1];
  return { at, problem: problem ?? (QUOTING.test(reason) ? 'holds something that is no YAML' : reason) };
}

function indentProblem(text: string, at: number): Problem {
  const tab = indentAt(text, at).indexOf('\t');
  if (tab !== -1) return { at: lineStartAt(text, at) + tab, problem: 'is indented with a tab: indent it with spaces' };
  if (text[at - 1] === '\t' || text[at] === '\t') return { at, problem: 'stands behind a tab: write a space in its place' };
  const opened = openedAt(text, at);
  if (opened === undefined) return { at, problem: 'is not indented enough: indent it more than the key that it belongs to' };
  const { line, column } = positionAt(text, opened.at);
  const place = `of line ${String(line)}, column ${String(column)}`;
  if (opened.mark === '"' || opened.mark === "'") return { at, problem: `is in the text that begins with the quote ${place}: end that, or indent this line more than its key` };
  if (/[\]}]/.test(text[at] ?? '')) return { at, problem: `closes the bracket ${place}: indent it more than the key before that` };
  return { at, problem: `is in the bracket ${place}, which is not closed: close that, or indent this line more than its key` };
}

/** Told where it begins: it ends nowhere. */
function endlessProblem(text: string, end: number): Problem {
  const opened = openedAt(text, end);
  if (opened === undefined) return { at: end, problem: 'ends too soon: a bracket or a quote is not closed' };
  const isQuote = opened.mark === '"' || opened.mark === "'";
  return { at: opened.at, problem: isQuote ? 'holds a text that does not end: its quote is not closed' : `holds a ${JSON.stringify(opened.mark)} that is never closed` };
}

const TAG = 'has a tag that is not known: write a text that begins with "!" in quotes';

/** For the reasons of js-yaml that quote what they are about, or are in its own words. */
const PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [/^unidentified alias/, 'refers to an anchor that is not there: write a text that begins with "*" in quotes'],
  [/^recursive alias/, 'holds an alias that leads into itself'],
  [/^unknown (?:scalar|sequence|mapping) tag|^undeclared tag handle|^tag (?:name|suffix) cannot contain/, TAG],
  [/^cannot resolve a node with/, 'has a tag that its value does not fit'],
  [/^there is a previously declared suffix/, 'declares a handle of tags twice'],
  [/^nesting exceeded/, `lies too deep: more than ${String(DEEPEST)} levels`],
  [/^missed comma/, 'lacks a "," before it, or a bracket that closes'],
  [/^expected the node content/, 'has a "," without a value before it'],
];

/** Reasons that no version known when this was written has; those that are known quote one character at most. */
const QUOTING = /["<`]|: |'[^']{2,}'/;
