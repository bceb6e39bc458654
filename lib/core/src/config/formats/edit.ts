import { inspect, isDeepStrictEqual } from 'node:util';
import { catalogued, StructumError } from '../../errors/index.js';
import { valueAt, type Section } from '../section.js';
import type { Change } from './config-format.js';
import { documentOf, type Syntax } from './document.js';
import { plainData } from './plain-data.js';
import { changed, planOf, type Plan } from './plan.js';
import { withoutMark } from './text.js';

/** How a language is read and written. */
export interface Language {
  /** @throws `CONFIG_FILE_INVALID` */
  read(text: string, file: string): Promise<Syntax>;
  /** The text with a plan carried out; `undefined` where it cannot be. */
  write(text: string, plan: Exclude<Plan, { kind: 'nothing' }>): Promise<string | undefined>;
}

/**
 * The text with one setting changed. The outcome is parsed and compared before it is given: it says nothing else
 * differently, as it would where the setting is an alias that others use too.
 * @throws `CONFIG_UNEDITABLE`, `CONFIG_FILE_INVALID`.
 */
export async function edited(source: string, file: string, asked: Change, language: Language): Promise<string> {
  const text = withoutMark(source);
  const syntax = await language.read(text, file);
  const { data } = documentOf(text, file, syntax);
  const value = asked.value === undefined ? undefined : plainData(asked.value);
  if (value === undefined && asked.value !== undefined) throw uneditable(file, asked, 'because it is no plain data');
  const change = { ...asked, value };
  if (isDeepStrictEqual(valueAt(data, change.path), value)) return source;
  const root = syntax.root();
  const plan = planOf(root?.kind === 'map' ? root : undefined, data, change);
  if (plan?.kind === 'nothing') return source;
  const outcome = plan === undefined ? undefined : await language.write(text, plan);
  if (outcome === undefined || !isText(outcome) || !(await says(outcome, changed(data, change), file, language))) throw uneditable(file, change);
  return source.slice(0, source.length - text.length) + outcome;
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

function uneditable(file: string, { path, value }: Change, reason?: string): StructumError {
  return catalogued('CONFIG_UNEDITABLE', { file, setting: path.join('.'), ...(value === undefined ? {} : { value: inspect(value, { breakLength: Infinity, maxStringLength: 200 }) }), ...(reason === undefined ? {} : { reason }) });
}
