import { StructumError } from '../../errors/index.js';
import type { KeyPath } from '../section.js';
import type { Change, ConfigFormat, Position } from './config-format.js';
import { documentOf } from './document.js';
import { edited } from './edit.js';
import { excerptText, LARGE, NOTHING, offsetInText, withExcerpt } from './excerpt.js';
import type { Language } from './language.js';
import { offsetOf } from './node.js';
import { positionAt, withoutMark } from './text.js';

/** What a format does, once its language is loaded. */
export type FormatWork = Pick<ConfigFormat, 'parse' | 'positionOf' | 'edit'>;

/**
 * What a format does in its language.
 * @param large - Of texts that are longer, in UTF-16 units, only parts are read where that is enough.
 */
export function workIn(language: Language, large = LARGE): FormatWork {
  const parse: FormatWork['parse'] = async (source, file) => documentOf(source, file, await language.read(withoutMark(source), file));
  return {
    parse,
    positionOf: async (source, file, path) => {
      const text = withoutMark(source);
      const found = text.length < large ? undefined : await positionInExcerpt(text, file, path, language);
      return found ?? (await parse(source, file)).positionOf(path);
    },
    edit: async (source, file, change, { isKnown = false } = {}) => {
      const text = withoutMark(source);
      // Whether the rest is whole, a part does not tell.
      const part = !isKnown || text.length < large ? undefined : await editedExcerpt(text, file, change, language);
      const outcome = part ?? await edited(text, file, change, language);
      return source.slice(0, source.length - text.length) + outcome;
    },
  };
}

/** A place in the part of a large text that certainly holds it. */
async function positionInExcerpt(text: string, file: string, path: KeyPath, language: Language): Promise<Position | undefined> {
  const excerpt = language.excerpt?.(text, path, 'read');
  if (excerpt === undefined || excerpt === NOTHING) return undefined;
  return unlessRefused(async () => {
    const { root } = await language.read(excerptText(text, excerpt), file);
    const offset = offsetInText(offsetOf(root(), path), excerpt);
    return offset === undefined ? undefined : positionAt(text, offset);
  });
}

/** A large text with a change in the part that it is about; what cannot be done there is tried with the whole. */
async function editedExcerpt(text: string, file: string, change: Change, language: Language): Promise<string | undefined> {
  const excerpt = language.excerpt?.(text, change.path, change.value === undefined ? 'remove' : 'set');
  if (excerpt === undefined) return undefined;
  return unlessRefused(async () => withExcerpt(text, excerpt, await edited(excerptText(text, excerpt), file, change, language, text)));
}

async function unlessRefused<Value>(work: () => Promise<Value | undefined>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (StructumError.is(error)) return undefined;
    throw error;
  }
}
