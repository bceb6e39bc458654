import type { ConfigEntry, ConfigNode } from '../node.js';
import { jsonString, scanJson } from './scan.js';

/** Where everything of a text that is JSON stands. */
export function jsonTree(text: string): ConfigNode | undefined {
  const frames: Frame[] = [];
  let root: ConfigNode | undefined;
  const add = (value: ConfigNode): void => {
    const frame = frames.at(-1);
    if (frame === undefined) root = value;
    else if (frame.key === undefined) frame.items.push(value);
    else frame.entries.push({ ...frame.key, value });
  };
  scanJson(text, {
    open(isObject, start) { frames.push({ isObject, start, entries: [], items: [] }); },
    key(keyStart, keyEnd) {
      const frame = frames.at(-1);
      if (frame !== undefined) frame.key = { key: jsonString(text, keyStart, keyEnd), keyStart, keyEnd };
    },
    scalar(start, end) { add({ kind: 'scalar', start, end }); },
    close(end) {
      const frame = frames.pop();
      if (frame === undefined) return;
      const { isObject, start, entries, items } = frame;
      add(isObject ? { kind: 'map', isFlow: true, start, end, entries } : { kind: 'list', isFlow: true, start, end, items });
    },
  });
  return root;
}

/** An object or an array that is being read. */
interface Frame {
  readonly isObject: boolean;
  readonly start: number;
  readonly entries: ConfigEntry[];
  readonly items: ConfigNode[];
  key?: Omit<ConfigEntry, 'value'>;
}
