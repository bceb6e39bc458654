import type { Class } from './token.js';

/**
 * Whether `target` says itself what its constructor takes: neither has it its parent's constructor, nor one that hands
 * all it gets to its parent, as compilers write it for a class that has fields and no constructor.
 *
 * Only the text of a class tells: to the language both are constructors without parameters of their own.
 */
export function hasOwnConstructor(target: Class): boolean {
  const text = bare(Function.prototype.toString.call(target));
  if (!text.startsWith('class')) return !/\barguments\b/.test(text);
  const body = constructorBody(text);
  return body !== undefined && !/\bsuper\s*\(\s*\.\.\./.test(body);
}

/** Comments, texts and regular expressions: what they hold is no code. */
const NO_CODE =
  /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"|`(?:\\[^]|[^`\\])*`|(?<=[(,=:[!&|?{};]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//g;

function bare(text: string): string {
  return text.replaceAll(NO_CODE, ' ');
}

/** What stands in the braces of the constructor of the class itself, and not of a class within. */
function constructorBody(text: string): string | undefined {
  let depth = 0;
  let start: number | undefined;
  for (const { 0: found, index } of text.matchAll(/\bconstructor\s*\(|[{}]/g)) {
    if (found === '}') {
      depth -= 1;
      if (start !== undefined && depth === 1) return text.slice(start, index);
    } else if (found === '{') depth += 1;
    else if (depth === 1 && text[index - 1] !== '.') start ??= index;
  }
  return undefined;
}
