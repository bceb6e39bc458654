import { nextLineAt } from '../text.js';

/** Where the lines end that hold only comments which are indented more than that. */
export function afterComments(text: string, start: number, indent: number): number {
  let end = start;
  for (let next = start; next < text.length; next = nextLineAt(text, next)) {
    const line = text.slice(next, nextLineAt(text, next));
    const isDeeper = line.startsWith(' '.repeat(indent + 1)) && line.trimStart().startsWith('#');
    if (isDeeper) end = nextLineAt(text, next);
    else if (line.trim() !== '') break;
  }
  return end;
}
