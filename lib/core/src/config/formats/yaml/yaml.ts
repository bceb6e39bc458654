import type { Language } from '../language.js';
import { workIn } from '../work.js';
import { writeYaml } from './edit.js';
import { yamlExcerpt } from './excerpt.js';
import { readYaml } from './reader.js';

/** YAML 1.2. */
export const YAML: Language = { read: readYaml, write: writeYaml, excerpt: yamlExcerpt };

/** What its format does. */
export const yaml = workIn(YAML);
