export type { Change, ConfigDocument, ConfigFormat, Position, TextOptions } from './config-format.js';
export { FORMATS, formatOf, knownFormatOf } from './formats.js';
