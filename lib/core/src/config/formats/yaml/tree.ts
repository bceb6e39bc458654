import type { Event, ScalarEvent } from 'js-yaml';
import type { ConfigEntry, ConfigNode } from '../node.js';
import { afterTrivia, lineStartAt } from '../text.js';
import { EVENT, FLOW, KEEP, NOWHERE, STYLE } from './events.js';

/** Where everything of the first document stands. */
export function yamlTree(events: readonly Event[], text: string, textOf: (scalar: ScalarEvent) => string): ConfigNode | undefined {
  const frames: Frame[] = [];
  let root: ConfigNode | undefined;

  for (const event of events) {
    switch (event.type) {
      case EVENT.document: break;
      case EVENT.mapping:
      case EVENT.sequence: {
        const start = Math.min(...[event.start, event.tagStart, event.anchorStart - 1].filter((offset) => offset >= 0));
        frames.push({ kind: event.type === EVENT.mapping ? 'map' : 'list', isFlow: event.style === FLOW, first: event.start, start, entries: [], items: [] });
        break;
      }
      case EVENT.scalar: add(scalarOf(event, text), textOf(event)); break;
      case EVENT.alias: add({ kind: 'scalar', start: event.anchorStart - 1, end: event.anchorEnd }); break;
      case EVENT.pop: {
        const frame = frames.pop();
        if (frame === undefined) return root;
        add(nodeOf(frame, text));
      }
    }
  }
  return root;

  function add(node: ConfigNode, key?: string): void {
    const frame = frames.at(-1);
    if (frame === undefined) root = node;
    else if (frame.kind === 'list') frame.items.push(node);
    else if (frame.key === undefined) frame.key = { key, keyStart: node.start, keyEnd: node.end };
    else {
      frame.entries.push({ ...frame.key, value: placed(node, text, frame.key.keyEnd) });
      frame.key = undefined;
    }
  }
}

/** A collection that is being read. */
interface Frame {
  readonly kind: 'map' | 'list';
  readonly isFlow: boolean;
  /** Where it begins, behind its tag and anchor. */
  readonly first: number;
  readonly start: number;
  readonly entries: ConfigEntry[];
  readonly items: ConfigNode[];
  key?: Omit<ConfigEntry, 'value'> | undefined;
}

function nodeOf({ kind, isFlow, first, start, entries, items }: Frame, text: string): ConfigNode {
  const last = kind === 'map' ? entries.at(-1)?.value : items.at(-1);
  const end = isFlow ? closingBracket(text, last?.end ?? first + 1) : (last?.end ?? first);
  return kind === 'map' ? { kind, isFlow, start, end, entries } : { kind, isFlow, start, end, items };
}

function closingBracket(text: string, from: number): number {
  const comma = afterTrivia(text, from);
  const close = text[comma] === ',' ? afterTrivia(text, comma + 1) : comma;
  return close + 1;
}

/** A value of a mapping, from its tag or anchor or block header on; where none is written, right behind the colon. */
function placed(node: ConfigNode, text: string, keyEnd: number): ConfigNode {
  const colon = afterTrivia(text, keyEnd);
  const after = text[colon] === ':' ? colon + 1 : keyEnd;
  if (node.start === NOWHERE) return { ...node, start: after, end: Math.max(after, node.end) };
  const start = afterTrivia(text, after);
  return start < node.start ? { ...node, start } : node;
}

function scalarOf({ valueStart, valueEnd, style, chomping, anchorEnd, tagEnd }: ScalarEvent, text: string): ConfigNode {
  if (valueStart === NOWHERE) return { kind: 'scalar', start: NOWHERE, end: Math.max(anchorEnd, tagEnd) };
  if (style === STYLE.literal || style === STYLE.folded) return { kind: 'scalar', start: valueStart, end: blockEnd(text, valueStart, valueEnd, chomping === KEEP) };
  const quote = style === STYLE.plain ? 0 : 1;
  return { kind: 'scalar', start: valueStart - quote, end: valueEnd + quote };
}

/** Where the last line of a block ends, or its header where it has none; blank lines behind it count where they are kept. */
function blockEnd(text: string, start: number, end: number, isKept: boolean): number {
  let last = end;
  for (;;) {
    const lineEnd = beforeBreak(text, last);
    const lineStart = lineStartAt(text, lineEnd);
    if (isKept || lineStart < start || !/^[ \t]*$/.test(text.slice(lineStart, lineEnd))) return lineEnd;
    last = lineStart;
  }
}

function beforeBreak(text: string, offset: number): number {
  if (text[offset - 1] !== '\n') return offset;
  return text[offset - 2] === '\r' ? offset - 2 : offset - 1;
}
