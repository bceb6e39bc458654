import { DEEPEST, integerProblem, keyProblem, type Problem } from '../problems.js';
import { jsonString, scanJson } from './scan.js';

/** What JSON allows, and a configuration must not hold: keys twice, or that reach into every object; numbers that cannot be held. */
export function problemsInJson(text: string): readonly Problem[] {
  const problems: Problem[] = [];
  const keys: Set<string>[] = [];
  scanJson(text, {
    open(_isObject, at) {
      keys.push(new Set());
      if (keys.length === DEEPEST + 1) problems.push({ at, problem: `lies too deep: more than ${String(DEEPEST)} levels` });
    },
    key(at, end) {
      const key = jsonString(text, at, end);
      const known = keys.at(-1);
      const problem = keyProblem(key) ?? (known?.has(key) === true ? `has the key ${JSON.stringify(key)} twice: it is duplicated` : undefined);
      if (problem !== undefined) problems.push({ at, problem });
      known?.add(key);
    },
    scalar(at, end) {
      const problem = text[at] === '"' ? undefined : numberProblem(text.slice(at, end));
      if (problem !== undefined) problems.push({ at, problem });
    },
    close() {
      keys.pop();
    },
  });
  return problems;
}

function numberProblem(text: string): string | undefined {
  const isTooLarge = /^[-\d]/.test(text) && !Number.isFinite(Number(text));
  return isTooLarge ? 'holds a number that is too large' : integerProblem(text);
}
