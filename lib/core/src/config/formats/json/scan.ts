/** What is told of a text of JSON as it is passed through. Offsets are of the first character, and behind the last. */
export interface JsonHandler {
  open(isObject: boolean, start: number): void;
  key(start: number, end: number): void;
  /** A text, a number, `true`, `false` or `null`. */
  scalar(start: number, end: number): void;
  close(end: number): void;
}

/** Passes once through a text that is known to be JSON. */
export function scanJson(text: string, handler: JsonHandler): void {
  const isObject: boolean[] = [];
  let isKeyNext = false;
  let index = 0;
  while (index < text.length) {
    const character = text[index];
    switch (character) {
      case ' ': case '\n': case '\r': case '\t': case ':':
        index += 1;
        break;
      case ',':
        isKeyNext = isObject.at(-1) === true;
        index += 1;
        break;
      case '{': case '[':
        isKeyNext = character === '{';
        isObject.push(isKeyNext);
        handler.open(isKeyNext, index);
        index += 1;
        break;
      case '}': case ']':
        isKeyNext = false;
        isObject.pop();
        index += 1;
        handler.close(index);
        break;
      case '"': {
        const end = stringEnd(text, index);
        if (isKeyNext) handler.key(index, end);
        else handler.scalar(index, end);
        isKeyNext = false;
        index = end;
        break;
      }
      default: {
        const end = wordEnd(text, index);
        handler.scalar(index, end);
        index = end;
      }
    }
  }
}

/** The text between two quotes, or a key. */
export function jsonString(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : raw;
}

function stringEnd(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text[before] === '\\') before -= 1;
  return (quote - before) % 2 === 0;
}

function wordEnd(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !DELIMITERS.has(text[end] ?? '')) end += 1;
  return end;
}

const DELIMITERS: ReadonlySet<string> = new Set([' ', '\n', '\r', '\t', ',', ':', '}', ']']);
