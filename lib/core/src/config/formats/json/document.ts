import { messageOf } from '../../../errors/index.js';
import type { ConfigDocument } from '../config-format.js';
import { documentOf, type Syntax } from '../document.js';
import { invalidFile } from '../problems.js';
import { withoutMark } from '../text.js';
import { diagnoseJson } from './diagnosis.js';
import { problemsInJson } from './problems.js';
import { jsonTree } from './tree.js';

/**
 * Reads JSON, to the letter: no comments, no comma behind the last value.
 *
 * @throws `CONFIG_FILE_INVALID` for what is no JSON, holds keys twice, or something else than an object.
 */
export function parseJson(source: string, file: string): ConfigDocument {
  return documentOf(source, file, readJson(source, file));
}

/** Reads JSON, whatever value it holds; nothing at all is as good as an empty object. */
export function readJson(source: string, file: string): Syntax {
  const text = withoutMark(source);
  if (/^[ \t\r\n]*$/.test(text)) return { data: undefined, root: () => undefined };
  const data = parsed(text, file);
  const problems = problemsInJson(text);
  if (problems.length > 0) throw invalidFile(file, text, problems);
  return { data, root: () => jsonTree(text) };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const problems = diagnoseJson(text);
    throw invalidFile(file, text, problems.length > 0 ? problems : [{ at: 0, problem: `is no JSON: ${messageOf(error)}` }]);
  }
}
