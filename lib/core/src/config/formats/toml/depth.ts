import { DEEPEST } from '../problems.js';
import { nextLineAt } from '../text.js';
import { textEnd } from './scan.js';

/**
 * Where a key begins that leads deeper than values may lie. Looked for before anything is parsed: each of its dots would
 * become a table.
 */
export function deepKeyIn(text: string): number | undefined {
  if (!HINT.test(text)) return undefined;
  let dots = 0;
  let start = 0;
  for (let index = 0; index < text.length;) {
    const character = text[index];
    if (character === '.') dots += 1;
    else if (character !== undefined && BETWEEN_KEYS.has(character)) [dots, start] = [0, index + 1];
    if (dots > DEEPEST) return start;
    if (character === '"' || character === "'") {
      const end = textEnd(text, index, character);
      // A text that does not end.
      if (end <= index + 1) return undefined;
      index = end;
    } else index = character === '#' ? nextLineAt(text, index) : index + 1;
  }
  return undefined;
}

/** As many keys with dots between them, be it within a text. */
const HINT = new RegExp(`(?:\\.[ \\t]*(?:[\\w-]+|"[^"\\n]*"|'[^'\\n]*')[ \\t]*){${String(DEEPEST)}}`);

const BETWEEN_KEYS: ReadonlySet<string> = new Set(['=', ',', '[', ']', '{', '}', '\n']);
