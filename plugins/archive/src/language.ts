import { LANGUAGES } from './language-table.js';

/**
 * The language of a file by its name, as GitHub names it in a fence: `typescript` for `src/index.ts`.
 *
 * A whole name (`Makefile`) comes first, then the longest extension (`.json.example`), then the same in lower case.
 */
export function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const languages = (table ??= parseTable());
  const whole = languages.get(`=${name}`);
  if (whole !== undefined) return whole;
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const extension = name.slice(dot);
    const language = languages.get(extension) ?? languages.get(extension.toLowerCase());
    if (language !== undefined) return language;
  }
  return undefined;
}

/** Read from its text on first use: most runs of the host never need it. */
let table: ReadonlyMap<string, string> | undefined;

function parseTable(): ReadonlyMap<string, string> {
  const languages = new Map<string, string>();
  for (const line of LANGUAGES.trim().split('\n')) {
    const [language = '', ...names] = line.split('\t');
    for (const name of names) languages.set(name, language);
  }
  return languages;
}
