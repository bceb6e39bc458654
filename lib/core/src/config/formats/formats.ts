import { extname } from 'node:path';
import { catalogued } from '../../errors/index.js';
import { valueAt } from '../section.js';
import type { ConfigFormat } from './config-format.js';

/** Their parsers are loaded when a file is parsed: a start that remembers its files needs none. */
const YAML: ConfigFormat = {
  name: 'yaml',
  extensions: ['.yaml', '.yml'],
  parse: async (text, file) => (await import('./yaml/index.js')).parseYaml(text, file),
  parseSection: async (text, file, path) => valueAt((await YAML.parse(text, file)).data, path),
  edit: async (text, file, change) => (await import('./yaml/index.js')).editYaml(text, file, change),
};

const JSON_FORMAT: ConfigFormat = {
  name: 'json',
  extensions: ['.json'],
  parse: async (text, file) => (await import('./json/index.js')).parseJson(text, file),
  parseSection: async (text, file, path) => valueAt((await JSON_FORMAT.parse(text, file)).data, path),
  edit: async (text, file, change) => (await import('./json/index.js')).editJson(text, file, change),
};

const TOML: ConfigFormat = {
  name: 'toml',
  extensions: ['.toml'],
  parse: async (text, file) => (await import('./toml/index.js')).parseToml(text, file),
  parseSection: async (text, file, path) => valueAt((await TOML.parse(text, file)).data, path),
  edit: async (text, file, change) => (await import('./toml/index.js')).editToml(text, file, change),
};

/** The languages of configuration files. */
export const FORMATS: readonly ConfigFormat[] = [YAML, JSON_FORMAT, TOML];

/** The language that a file is written in, by its extension in any case; `undefined` where that is of none. */
export function formatOf(file: string): ConfigFormat | undefined {
  const extension = extname(file).toLowerCase();
  return FORMATS.find(({ extensions }) => extensions.includes(extension));
}

/**
 * The language that a configuration file is written in.
 * @throws `CONFIG_FORMAT_UNKNOWN`.
 */
export function knownFormatOf(file: string): ConfigFormat {
  const format = formatOf(file);
  if (format === undefined) throw catalogued('CONFIG_FORMAT_UNKNOWN', { file, extensions: FORMATS.flatMap(({ extensions }) => extensions) });
  return format;
}
