export { visibleText } from './visible-text.js';
export { walk } from './walk.js';
export type { EntryKind, WalkEntry } from './entry.js';
export type { WalkOptions } from './options.js';
export { WalkError } from './walk-error.js';
