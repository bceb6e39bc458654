import type { Output, PluginState } from '@structum/core';

/** Colours for people; nothing but the text itself where there are none. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
}

/** The colours that the reader of an output can see. */
export function styleOf({ color }: Output): Style {
  const paint = (on: number, off: number) => (text: string): string => (color ? `\u001b[${String(on)}m${text}\u001b[${String(off)}m` : text);
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), yellow: paint(33, 39) };
}

/** Text that a package gave, on one line and without anything that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}

/** Whether a plugin in that state can be used. */
export function isUsable(state: PluginState): boolean {
  return state !== 'rejected' && state !== 'failed' && state !== 'disabled';
}
