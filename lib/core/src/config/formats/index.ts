export type { Change, ConfigDocument, ConfigFormat, Position } from './config-format.js';
export { FORMATS, formatOf, knownFormatOf } from './formats.js';
