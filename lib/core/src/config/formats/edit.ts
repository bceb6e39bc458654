import { isDeepStrictEqual } from 'node:util';
import { catalogued, StructumError } from '../../errors/index.js';
import { isMapping, valueAt } from '../section.js';
import type { Change } from './config-format.js';
import { documentOf } from './document.js';
import type { Language, ReadText } from './language.js';
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
  const { root, ...syntax } = await language.read(text, file);
  const { data } = documentOf(text, file, { ...syntax, root });
  const change = { path: asked.path, value: plainData(asked.value) };
  const refusal = change.value === undefined && asked.value !== undefined ? 'because it is no plain data' : language.refusal?.(change.value);
  if (refusal !== undefined) throw uneditable(file, asked, refusal);
  const outcome = await withChange({ text, data, root }, change, { file, language, sample });
  if (outcome === undefined) throw uneditable(file, asked);
  return outcome.text;
}

/** A text on the way to what is asked for. */
interface Draft extends ReadText {
  readonly text: string;
}

interface Circumstances {
  readonly file: string;
  readonly language: Language;
  readonly sample: string;
}

/** A mapping becomes another one key by key, so that what stays the same stays as it is; `undefined` where no way leads there. */
async function withChange(draft: Draft, change: Change, circumstances: Circumstances): Promise<Draft | undefined> {
  const old = valueAt(draft.data, change.path);
  if (isDeepStrictEqual(old, change.value)) return draft;
  const steps = draft.text.length * differencesIn(old, change.value) > MOST_WORK ? undefined : stepsBetween(old, change);
  const inSteps = async (): Promise<Draft | undefined> => (steps === undefined ? undefined : oneByOne(draft, steps, (next, step) => withChange(next, step, circumstances)));
  const atOnce = async (): Promise<Draft | undefined> => withOneChange(draft, change, circumstances);
  const [first, second] = isFilled(old) && isFilled(change.value) ? [inSteps, atOnce] : [atOnce, inSteps];
  return (await first()) ?? (await second()) ?? (old === undefined ? undefined : anew(draft, change, circumstances));
}

/** Each step reads the text. From here on, in UTF-16 units, what takes seconds is done at once, be it without the comments. */
const MOST_WORK = 32 * 1024 * 1024;

/** How many settings within a value are to become others. */
function differencesIn(old: unknown, value: unknown): number {
  if (isDeepStrictEqual(old, value)) return 0;
  if (!isMapping(old) || !isMapping(value)) return 1;
  return [...new Set([...Object.keys(old), ...Object.keys(value)])].reduce((sum, key) => sum + differencesIn(valueAt(old, [key]), valueAt(value, [key])), 0);
}

function stepsBetween(old: unknown, { path, value }: Change): readonly Change[] | undefined {
  if (!isMapping(old) || !isMapping(value)) return undefined;
  const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key));
  return [...Object.entries(value).map(([key, item]) => ({ path: [...path, key], value: item })), ...gone.map((key) => ({ path: [...path, key], value: undefined }))];
}

function isFilled(value: unknown): boolean {
  return isMapping(value) && Object.keys(value).length > 0;
}

async function oneByOne(draft: Draft, steps: readonly Change[], take: (draft: Draft, step: Change) => Promise<Draft | undefined>): Promise<Draft | undefined> {
  let outcome: Draft | undefined = draft;
  for (const step of steps) outcome = outcome === undefined ? undefined : await take(outcome, step);
  return outcome;
}

/** What cannot become something else goes, and that comes. */
async function anew(draft: Draft, change: Change, circumstances: Circumstances): Promise<Draft | undefined> {
  return oneByOne(draft, [{ ...change, value: undefined }, change], (next, step) => withOneChange(next, step, circumstances));
}

async function withOneChange(draft: Draft, change: Change, { file, language, sample }: Circumstances): Promise<Draft | undefined> {
  const expected = changed(draft.data, change);
  for (const text of await language.write(draft.text, draft, change, sample)) {
    const outcome = isText(text) ? await readUnlessInvalid(text, file, language) : undefined;
    if (outcome !== undefined && isDeepStrictEqual(outcome.data, expected)) return outcome;
  }
  return undefined;
}

/** Whether a file can hold it: half of a pair of surrogates would be lost. */
function isText(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

async function readUnlessInvalid(text: string, file: string, language: Language): Promise<Draft | undefined> {
  try {
    const { data, root } = await language.read(text, file);
    return { text, root, data: isMapping(data) ? data : {} };
  } catch (error) {
    if (StructumError.is(error)) return undefined;
    throw error;
  }
}

/** Does not repeat the value: it may be a secret. */
function uneditable(file: string, { path, value }: Change, reason?: string): StructumError {
  return catalogued('CONFIG_UNEDITABLE', { file, setting: path.join('.'), change: value === undefined ? 'removal' : 'set', ...(reason === undefined ? {} : { reason }) });
}
