import type { Language } from '../language.js';
import { workIn } from '../work.js';
import { holdsNull, writeToml } from './edit.js';
import { tomlExcerpt } from './excerpt.js';
import { readToml } from './reader.js';

/** TOML 1.1. */
export const TOML: Language = {
  read: readToml,
  write: writeToml,
  excerpt: tomlExcerpt,
  refusal: (value) => (holdsNull(value) ? 'because TOML knows no null' : undefined),
};

/** What its format does. */
export const toml = workIn(TOML);
