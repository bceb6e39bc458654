import { isDeepStrictEqual } from 'node:util';
import { catalogued, StructumError } from '../../errors/index.js';
import { valueAt, type Section } from '../section.js';
import type { Change } from './config-format.js';
import { documentOf } from './document.js';
import type { Language } from './language.js';
import { plainData } from './plain-data.js';
import { changed } from './plan.js';

/**
 * The text with one setting changed. The outcome is parsed and compared before it is given: it says nothing else
 * differently, as it would where the setting is an alias that others use too.
 *
 * @param sample - Shows how the text is laid out, where it is a part only.
 * @throws `CONFIG_UNEDITABLE`, `CONFIG_FILE_INVALID`.
 */
export async function edited(text: string, file: string, asked: Change, language: Language, sample = text): Promise<string> {
  const syntax = await language.read(text, file);
  const { data } = documentOf(text, file, syntax);
  const change = { path: asked.path, value: plainData(asked.value) };
  const refusal = change.value === undefined && asked.value !== undefined ? 'because it is no plain data' : language.refusal?.(change.value);
  if (refusal !== undefined) throw uneditable(file, asked, refusal);
  if (isDeepStrictEqual(valueAt(data, change.path), change.value)) return text;
  const expected = changed(data, change);
  const step = (outcome: string, next: Change): Promise<string> => edited(outcome, file, next, language, sample);
  for (const outcome of await language.write(text, { data, root: syntax.root() }, change, { sample, step })) {
    if (isText(outcome) && await says(outcome, expected, file, language)) return outcome;
  }
  throw uneditable(file, asked);
}

/** Whether a file can hold it: half of a pair of surrogates would be lost. */
function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

async function says(text: string, expected: Section, file: string, language: Language): Promise<boolean> {
  try {
    return isDeepStrictEqual((await language.read(text, file)).data ?? {}, expected);
  } catch (error) {
    if (StructumError.is(error)) return false;
    throw error;
  }
}

/** Does not repeat the value: it may be a secret. */
function uneditable(file: string, { path, value }: Change, reason?: string): StructumError {
  return catalogued('CONFIG_UNEDITABLE', { file, setting: path.join('.'), change: value === undefined ? 'removal' : 'set', ...(reason === undefined ? {} : { reason }) });
}
