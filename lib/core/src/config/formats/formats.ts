import { extname } from 'node:path';
import { catalogued } from '../../errors/index.js';
import type { ConfigFormat } from './config-format.js';
import type { FormatWork } from './work.js';

/** The languages of configuration files. */
export const FORMATS: readonly ConfigFormat[] = [
  lazily('yaml', ['.yaml', '.yml'], async () => (await import('./yaml/index.js')).yaml),
  lazily('json', ['.json'], async () => (await import('./json/index.js')).json),
  lazily('toml', ['.toml'], async () => (await import('./toml/index.js')).toml),
];

/** Its parser is loaded when a file is parsed: a start that remembers its files needs none. */
function lazily(name: ConfigFormat['name'], extensions: readonly string[], load: () => Promise<FormatWork>): ConfigFormat {
  return {
    name,
    extensions,
    parse: async (text, file) => (await load()).parse(text, file),
    positionOf: async (text, file, path) => (await load()).positionOf(text, file, path),
    edit: async (text, file, change, options) => (await load()).edit(text, file, change, options),
  };
}

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
