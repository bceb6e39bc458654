import type { Event, ScalarEvent } from 'js-yaml';
import { DEEPEST, keyProblem, integerProblem, type Problem } from '../problems.js';
import { EVENT, NOWHERE, STYLE } from './events.js';

/** The most values that a file may hold when each alias is followed. */
const MOST_VALUES = 5_000_000;

/**
 * What YAML allows, and a configuration must not hold: keys that are no texts, or twice, or reach into every object;
 * aliases that lead into themselves, or to billions of values; numbers that cannot be held; more than one document.
 */
export function problemsInYaml(events: readonly Event[], text: string, textOf: (scalar: ScalarEvent) => string): readonly Problem[] {
  const problems: Problem[] = [];
  const anchors = new Map<string, Extent | 'open'>();
  const frames: Frame[] = [];
  let documents = 0;
  let last = 0;

  for (const event of events) {
    switch (event.type) {
      case EVENT.document:
        documents += 1;
        if (documents === 2) problems.push({ at: secondDocument(text, last), problem: 'holds more than one document' });
        anchors.clear();
        frames.push({ kind: 'document', size: 0, depth: 0 });
        break;
      case EVENT.mapping:
      case EVENT.sequence: {
        const anchor = anchorOf(event);
        if (isKeyNext()) problems.push({ at: event.start, problem: 'has a key that is no text' });
        if (anchor !== undefined) anchors.set(anchor, 'open');
        last = Math.max(last, event.start);
        const kind = event.type === EVENT.mapping ? 'mapping' : 'sequence';
        frames.push({ kind, size: 1, depth: 0, anchor, at: event.start, isKeyNext: kind === 'mapping', keys: new Set() });
        break;
      }
      case EVENT.scalar: {
        const anchor = anchorOf(event);
        last = Math.max(last, event.valueEnd);
        if (isKeyNext()) checkKey(event);
        else checkNumber(event);
        if (anchor !== undefined) anchors.set(anchor, { size: 1, depth: 0 });
        add({ size: 1, depth: 0 }, Math.max(event.valueStart, 0));
        break;
      }
      case EVENT.alias: {
        last = Math.max(last, event.anchorEnd);
        if (isKeyNext()) problems.push({ at: event.anchorStart - 1, problem: 'has an alias for a key: write the key itself' });
        const meant = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        if (meant === 'open') problems.push({ at: event.anchorStart - 1, problem: 'holds an alias that leads into itself' });
        // An alias to nothing is told by the parser.
        add(typeof meant === 'object' ? meant : { size: 1, depth: 0 }, event.anchorStart - 1);
        break;
      }
      case EVENT.pop: close(frames.pop());
    }
  }
  return problems;

  function anchorOf({ anchorStart, anchorEnd }: ScalarEvent | (Event & { type: 2 | 3 })): string | undefined {
    return anchorStart === NOWHERE ? undefined : text.slice(anchorStart, anchorEnd);
  }

  function isKeyNext(): boolean {
    return frames.at(-1)?.isKeyNext === true;
  }

  function close(frame: Frame | undefined): void {
    if (frame === undefined || frame.kind === 'document') return;
    const extent = { size: frame.size, depth: frame.depth + 1 };
    if (frame.anchor !== undefined) anchors.set(frame.anchor, extent);
    add(extent, frame.at ?? 0);
  }

  /** Counts a value for what it is in. */
  function add({ size, depth }: Extent, at: number): void {
    const frame = frames.at(-1);
    if (frame === undefined) return;
    if (frame.isKeyNext !== undefined && frame.kind === 'mapping') frame.isKeyNext = !frame.isKeyNext;
    if (frame.size <= MOST_VALUES && frame.size + size > MOST_VALUES) problems.push({ at, problem: 'means too many values when its aliases are followed' });
    if (frame.depth <= DEEPEST && depth > DEEPEST) problems.push({ at, problem: `lies too deep when its aliases are followed: more than ${String(DEEPEST)} levels` });
    frame.size += size;
    frame.depth = Math.max(frame.depth, depth);
  }

  function checkKey(event: ScalarEvent): void {
    const at = Math.max(event.valueStart - (isQuoted(event) ? 1 : 0), 0);
    const key = textOf(event);
    const keys = frames.at(-1)?.keys;
    const problem = keyProblem(key) ?? notTextProblem(event, key);
    if (problem !== undefined) problems.push({ at, problem });
    else if (keys?.has(key) === true) problems.push({ at, problem: `has the key ${JSON.stringify(key)} twice: it is duplicated` });
    keys?.add(key);
  }

  /** A tag may say that a key is a text, or that it is none. */
  function notTextProblem({ style, tagStart, tagEnd }: ScalarEvent, key: string): string | undefined {
    if (tagStart === NOWHERE) return style === STYLE.plain ? plainKeyProblem(key) : undefined;
    return /^!(?:!str|<.*:str>)?$/.test(text.slice(tagStart, tagEnd)) ? undefined : 'has a key that is no text';
  }

  function checkNumber({ valueStart, valueEnd, style, tagStart, tagEnd }: ScalarEvent): void {
    if (style !== STYLE.plain || (tagStart !== NOWHERE && !text.slice(tagStart, tagEnd).endsWith('int'))) return;
    const problem = integerProblem(text.slice(valueStart, valueEnd));
    if (problem !== undefined) problems.push({ at: valueStart, problem });
  }
}

/** How much a value is when aliases are followed. */
interface Extent {
  readonly size: number;
  /** Levels of collections. */
  readonly depth: number;
}

/** A collection that is being read. */
interface Frame {
  readonly kind: 'document' | 'mapping' | 'sequence';
  size: number;
  depth: number;
  readonly anchor?: string | undefined;
  readonly at?: number;
  isKeyNext?: boolean;
  readonly keys?: Set<string>;
}

/** Keys are texts as they are written: `0x10` would be another one, and `<<` is for those who expect it to merge. */
function plainKeyProblem(key: string): string | undefined {
  if (key === '<<') return 'has a merge key, which YAML 1.2 does not know';
  const isOther = /^[-+.\d]/.test(key) ? NUMBER.test(key) && String(Number(key)) !== key : /^(?:~|Null|NULL|True|TRUE|False|FALSE|)$/.test(key);
  return isOther ? `has a key that would be read as something else than ${JSON.stringify(key)}: write it in quotes` : undefined;
}

const NUMBER = /^(?:0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function isQuoted({ style }: ScalarEvent): boolean {
  return style === STYLE.singleQuoted || style === STYLE.doubleQuoted;
}

function secondDocument(text: string, after: number): number {
  const start = text.indexOf('\n---', after);
  return start === -1 ? after : start + 1;
}
