import type { Language } from '../language.js';
import { workIn } from '../work.js';
import { writeJson } from './edit.js';
import { jsonExcerpt } from './excerpt.js';
import { readJson } from './reader.js';

/** JSON, as RFC 8259 has it. */
export const JSON_TEXT: Language = {
  read: async (text, file) => readJson(text, file),
  write: async (text, read, change) => writeJson(text, read, change),
  excerpt: jsonExcerpt,
};

/** What its format does. */
export const json = workIn(JSON_TEXT);
