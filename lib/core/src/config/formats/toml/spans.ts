import type { KeyPath } from '../../section.js';
import { afterTrivia, nextLineAt } from '../text.js';
import { headerAt, keysAt, textEnd } from './scan.js';

/** A section of a text, as its header tells. */
export interface TomlSpan {
  readonly keys: KeyPath;
  readonly isArray: boolean;
  /** Of its header. */
  readonly start: number;
}

/** The sections of a text that is TOML, and the first keys of what stands before them; values are passed over. */
export function tomlSpans(text: string): { readonly sections: readonly TomlSpan[]; readonly rootKeys: ReadonlySet<string> } {
  const sections: TomlSpan[] = [];
  const rootKeys = new Set<string>();
  for (let start = afterTrivia(text, 0); start < text.length;) {
    if (text[start] === '[') {
      const { keys, isArray, end } = headerAt(text, start);
      sections.push({ keys: keys.map(({ key }) => key), isArray, start });
      start = afterTrivia(text, nextLineAt(text, end));
    } else {
      const [first] = sections.length === 0 ? keysAt(text, start).keys : [];
      if (first !== undefined) rootKeys.add(first.key);
      start = afterTrivia(text, nextLineAt(text, pairEnd(text, start)));
    }
  }
  return { sections, rootKeys };
}

/** Behind the value of a pair, or on the line where it ends: outside of texts, brackets only stand around values. */
function pairEnd(text: string, start: number): number {
  let depth = 0;
  for (let index = start; index < text.length;) {
    // Numbers of characters: this passes through megabytes.
    switch (text.charCodeAt(index)) {
      case 0x22: // "
        index = textEnd(text, index, '"');
        break;
      case 0x27: // '
        index = textEnd(text, index, "'");
        break;
      case 0x23: // #
        index = nextLineAt(text, index);
        if (depth === 0) return index - 1;
        break;
      case 0x5B: case 0x7B: // [ {
        depth += 1;
        index += 1;
        break;
      case 0x5D: case 0x7D: // ] }
        depth -= 1;
        index += 1;
        break;
      case 0x0A:
        if (depth === 0) return index;
        index += 1;
        break;
      default: index += 1;
    }
  }
  return text.length;
}
