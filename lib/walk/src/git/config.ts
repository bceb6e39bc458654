/** Settings in the order in which they were written; names are `section.name` or `section.subsection.name`. */
export type ConfigEntries = readonly (readonly [name: string, value: string])[];

/**
 * Reads a file of git's configuration.
 *
 * Section and variable names are in lower case, as git compares them; a variable without a value is `true`.
 * Reading ends at the first line that git would refuse.
 */
export function parseConfig(text: string): ConfigEntries {
  const entries: [string, string][] = [];
  let section = '';
  let rest = text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  for (;;) {
    rest = rest.replace(/^(?:\s+|[#;][^\n]*)+/, '');
    const header = /^\[([\w.-]+)(?:\s+"((?:[^"\\\n]|\\[^\n])*)")?\]/.exec(rest);
    if (header !== null) {
      section = header[1]?.toLowerCase() ?? '';
      if (header[2] !== undefined) section += `.${header[2].replace(/\\(.)/g, '$1')}`;
      rest = rest.slice(header[0].length);
      continue;
    }
    const variable = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*(=?)/.exec(rest);
    if (variable === null) return entries;
    rest = rest.slice(variable[0].length);
    const value = variable[2] === '' ? { text: 'true', length: 0 } : readValue(rest);
    if (value === undefined) return entries;
    entries.push([`${section}.${variable[1]?.toLowerCase() ?? ''}`, value.text]);
    rest = rest.slice(value.length);
  }
}

/** Reads what stands after `=`: up to the line's end, quotes, escapes, comments and continued lines considered. */
function readValue(text: string): { text: string; length: number } | undefined {
  let value = '';
  let kept = 0; // how much of the value counts: spaces at its end do not, unless quoted
  let quoted = false;
  let at = 0;
  for (; at < text.length && text[at] !== '\n'; at += 1) {
    const char = text.charAt(at);
    if (char === '"') {
      quoted = !quoted;
      kept = value.length;
    } else if (char === '\\') {
      at += 1;
      const escaped = text[at];
      if (escaped === '\n') continue;
      const meant = ESCAPES.get(escaped ?? '');
      if (meant === undefined) return undefined;
      value += meant;
      kept = value.length;
    } else if (!quoted && (char === '#' || char === ';')) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      break;
    } else if (quoted || /\S/.test(char)) {
      value += char;
      kept = value.length;
    } else if (value !== '') {
      value += char;
    }
  }
  return quoted ? undefined : { text: value.slice(0, kept), length: at };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['b', '\b'],
]);
