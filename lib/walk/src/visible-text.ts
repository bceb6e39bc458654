/**
 * `text` with everything that could drive a terminal, break a line or change the direction of writing shown as
 * an escape: `\n`, `\x1b`, `\u202e`. A backslash becomes two, so that no two names look the same.
 */
export function visibleText(text: string): string {
  return text.replace(HARMFUL, escaped);
}

/** Control and formatting characters, line and paragraph separators, halves of surrogate pairs, the backslash. */
const HARMFUL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\\\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return SHORT[character] ?? (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`);
}
