import { changedInBrackets } from '../flow-list.js';
import type { ConfigNode } from '../node.js';
import { lineEndOf, splice } from '../text.js';
import { tomlValue } from './writer.js';

/** Texts in which a value became another one; of a list, the items that stay are left as they are. */
export function replacedInToml(text: string, node: ConfigNode, old: unknown, value: unknown): readonly string[] {
  const isList = node.kind === 'list' && Array.isArray(old) && Array.isArray(value);
  const list = isList ? changedInBrackets(text, { node, old, items: value }, ' ', (item) => tomlValue(item)) : undefined;
  return [...(list === undefined ? [] : [list]), splice(text, node.start, node.end, tomlValue(value, isOpen(text)))];
}

/** Whether texts may stand over several lines: their line ends would be part of them. */
function isOpen(text: string): boolean {
  return lineEndOf(text) === '\n';
}
