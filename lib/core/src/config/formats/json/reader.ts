import type { Syntax } from '../document.js';
import { invalidFile } from '../problems.js';
import { diagnoseJson } from './diagnosis.js';
import { problemsInJson } from './problems.js';
import { jsonTree } from './tree.js';

/**
 * Reads JSON, to the letter: no comments, no comma behind the last value.
 *
 * @throws `CONFIG_FILE_INVALID` for what is no JSON, or what a configuration must not hold, such as keys twice.
 */
export function readJson(text: string, file: string): Syntax {
  if (/^[ \t\r\n]*$/.test(text)) return { data: undefined, root: () => undefined };
  const data = parsed(text, file);
  const problems = problemsInJson(text);
  if (problems.length > 0) throw invalidFile(file, text, problems);
  return { data, root: () => jsonTree(text) };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const problems = diagnoseJson(text);
    throw invalidFile(file, text, problems.length > 0 ? problems : [{ at: 0, problem: 'holds something that is no JSON' }]);
  }
}
