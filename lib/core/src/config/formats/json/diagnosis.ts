import { DEEPEST, type Problem } from '../problems.js';

/** Why a text is no JSON: every place that is wrong, as far as can be told behind the first one. */
export function diagnoseJson(text: string): readonly Problem[] {
  const problems: Problem[] = [];
  const open: Open[] = [];
  let state = 'value' as State;
  let comma = 0;

  for (const { 0: token, index: at } of text.matchAll(TOKENS)) {
    if (problems.length === ENOUGH) return problems;
    const wrong = tokenProblem(token);
    if (wrong !== undefined) problems.push({ at, problem: wrong });
    // What is behind it may be in it, or not.
    if (wrong === ENDLESS) return problems;
    if (token.startsWith('/')) continue;
    if (state === 'end' && !/^[}\]]$/.test(token)) return [...problems, { at, problem: EXPECTED.end }];
    take(token, at);
  }
  const left = open.at(-1);
  if (left !== undefined) problems.push({ at: left.at, problem: `holds a ${JSON.stringify(left.bracket)} that is never closed` });
  else if (state === 'value') problems.push({ at: text.length, problem: EXPECTED.value });
  return problems;

  function take(token: string, at: number): void {
    if (token === '}' || token === ']') close(token, at);
    else if (token === ',' || token === ':') separate(token, at);
    else put(token, at);
  }

  function close(token: string, at: number): void {
    const last = open.at(-1);
    if (last === undefined || CLOSING[last.bracket] !== token) {
      problems.push({ at, problem: `holds a ${JSON.stringify(token)} that closes nothing` });
      return;
    }
    if (state === 'key' || (state === 'value' && last.bracket === '[')) problems.push({ at: comma, problem: 'holds a comma behind the last value' });
    else if (state === 'colon' || state === 'value') problems.push({ at, problem: EXPECTED[state] });
    open.pop();
    state = open.length === 0 ? 'end' : 'comma';
  }

  function separate(token: string, at: number): void {
    const isExpected = token === ',' ? state === 'comma' : state === 'colon';
    if (!isExpected) problems.push({ at, problem: EXPECTED[state] });
    if (token === ':') state = 'value';
    else state = open.at(-1)?.bracket === '{' ? 'key' : 'value';
    comma = at;
  }

  /** A key, or a value. */
  function put(token: string, at: number): void {
    if (state === 'comma' || state === 'colon') {
      problems.push({ at, problem: EXPECTED[state] });
      state = state === 'colon' || open.at(-1)?.bracket === '[' ? 'value' : 'key';
    }
    const isKey = state === 'key' || state === 'first key';
    if (token === '{' || token === '[') {
      if (isKey) problems.push({ at, problem: EXPECTED.key });
      open.push({ bracket: token, at });
      if (open.length === DEEPEST + 1) problems.push({ at, problem: `lies too deep: more than ${String(DEEPEST)} levels` });
      state = token === '{' ? 'first key' : 'first value';
    } else if (isKey) {
      if (!/^["']/.test(token)) problems.push({ at, problem: EXPECTED.key });
      state = 'colon';
    } else {
      if (!/^["']/.test(token) && !LITERAL.test(token)) problems.push({ at, problem: 'holds a word that is no value: texts are written in double quotes' });
      state = open.length === 0 ? 'end' : 'comma';
    }
  }
}

/** What comes next. */
type State = 'value' | 'first value' | 'key' | 'first key' | 'colon' | 'comma' | 'end';

interface Open {
  readonly bracket: '{' | '[';
  readonly at: number;
}

const EXPECTED: Readonly<Record<State, string>> = {
  value: 'lacks a value',
  'first value': 'lacks a value',
  key: 'lacks the name of a setting, in double quotes',
  'first key': 'lacks the name of a setting, in double quotes',
  colon: 'lacks a ":" between a name and its value',
  comma: 'lacks a ","',
  end: 'holds more than one value',
};

const CLOSING = { '{': '}', '[': ']' } as const;

/** Comments, texts in any quotes, punctuation, and words. */
const TOKENS = /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|"(?:[^"\\\n]|\\[^\n])*"?|'(?:[^'\\\n]|\\[^\n])*'?|[{}[\],:]|[^\s{}[\],:"']+/g;

const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;

const TEXT = /^"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"$/;

const ENDLESS = 'holds a text that does not end';

/** More than are ever told. */
const ENOUGH = 20;

function tokenProblem(token: string): string | undefined {
  if (token.startsWith('/')) return 'holds a comment, which JSON does not know';
  if (token.startsWith("'")) return 'holds a text in single quotes: JSON has double ones';
  if (!token.startsWith('"')) return undefined;
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(token)) return ENDLESS;
  return TEXT.test(token) && !Array.from(token).some((character) => character < ' ') ? undefined : 'holds a text with a character that must be escaped';
}
