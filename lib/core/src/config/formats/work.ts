import { StructumError } from '../../errors/index.js';
import { valueAt, type KeyPath } from '../section.js';
import type { Change, ConfigFormat } from './config-format.js';
import { documentOf } from './document.js';
import { edited } from './edit.js';
import { excerptText, LARGE, withExcerpt } from './excerpt.js';
import type { Language } from './language.js';
import { withoutMark } from './text.js';

/** What a format does, once its language is loaded. */
export type FormatWork = Pick<ConfigFormat, 'parse' | 'parseSection' | 'edit'>;

/**
 * What a format does in its language.
 * @param large - Of texts that are longer, in UTF-16 units, only parts are read where that is enough.
 */
export function workIn(language: Language, large = LARGE): FormatWork {
  const parse: FormatWork['parse'] = async (source, file) => documentOf(source, file, await language.read(withoutMark(source), file));
  return {
    parse,
    parseSection: async (source, file, path) => {
      const text = withoutMark(source);
      const found = text.length < large ? undefined : await readExcerpt(text, file, path, language);
      return found === undefined ? valueAt((await parse(source, file)).data, path) : found.value;
    },
    edit: async (source, file, change) => {
      const text = withoutMark(source);
      const part = text.length < large ? undefined : await editedExcerpt(text, file, change, language);
      const outcome = part ?? await edited(text, file, change, language);
      return source.slice(0, source.length - text.length) + outcome;
    },
  };
}

/** The value in the part of a large text that it is in; what is wrong with that part is told of the whole. */
async function readExcerpt(text: string, file: string, path: KeyPath, language: Language): Promise<{ readonly value: unknown } | undefined> {
  const excerpt = language.excerpt?.(text, path, 'read');
  if (excerpt === undefined) return undefined;
  return unlessRefused(async () => ({ value: valueAt((await language.read(excerptText(text, excerpt), file)).data, path) }));
}

/** A large text with a change in the part that it is about; what cannot be done there is tried with the whole. */
async function editedExcerpt(text: string, file: string, change: Change, language: Language): Promise<string | undefined> {
  const excerpt = language.excerpt?.(text, change.path, change.value === undefined ? 'remove' : 'set');
  if (excerpt === undefined) return undefined;
  return unlessRefused(async () => withExcerpt(text, excerpt, await edited(excerptText(text, excerpt), file, change, language, text)));
}

async function unlessRefused<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (StructumError.is(error)) return undefined;
    throw error;
  }
}
