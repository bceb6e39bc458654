import type { Event, ScalarEvent } from 'js-yaml';
import { catalogued, messageOf } from '../errors/index.js';
import { expansionProblem } from './expansion.js';
import { isMapping, type KeyPath, type Section } from './section.js';

/** A value in a text: positions are those of its first character, and after its last. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly start: number; readonly end: number; readonly isPlain: boolean }
  | { readonly kind: 'alias'; readonly start: number; readonly end: number }
  | { readonly kind: 'sequence'; readonly start: number; readonly isFlow: boolean }
  | { readonly kind: 'mapping'; readonly start: number; readonly isFlow: boolean; readonly entries: readonly YamlEntry[] };

/** An entry of a mapping. */
export interface YamlEntry {
  /** Absent for keys that are no scalars. */
  readonly key?: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly value: YamlNode;
}

/** A YAML file: its data, and where each of them stands. Positions are without a byte order mark. */
export interface YamlDocument {
  readonly file: string;
  readonly text: string;
  /** Empty for an empty file. Values that the file names twice are one object. */
  readonly data: Section;
  /** Absent for an empty file. */
  root(): YamlNode | undefined;
  /** The line, from 1, of the deepest of the keys that is there. */
  lineOf(path: KeyPath): number;
}

/**
 * Reads YAML 1.2 with its core schema: no dates, no `yes` for true, no merge keys.
 *
 * @throws `CONFIG_FILE_INVALID` for what is no YAML, holds keys twice, more than one document or something else than a
 *   mapping, or explodes when its aliases are followed.
 */
export async function parseYaml(source: string, file: string): Promise<YamlDocument> {
  const text = source.replace(/^\uFEFF/, '');
  const { parseEvents, constructFromEvents, getScalarValue, YAMLException } = await import('js-yaml');
  const fail = (problem: string, line: number): Error => catalogued('CONFIG_FILE_INVALID', { file, problems: [{ line, problem }] });
  try {
    const events = parseEvents(text, {});
    const [data, ...others] = constructFromEvents(events, { source: text });
    const root = (): YamlNode | undefined => (events.length === 0 ? undefined : nodesOf(events, (scalar) => getScalarValue(text, scalar)));
    const lineOf = (path: KeyPath): number => lineAt(text, positionOf(root(), path));
    if (others.length > 0) throw fail('holds more than one document', 1);
    const problem = isMapping(data ?? {}) ? expansionProblem(data) : 'holds no settings: they are written as "name: value"';
    if (problem !== undefined) throw fail(problem, lineOf([]));
    return { file, text, data: (data ?? {}) as Section, root, lineOf };
  } catch (error) {
    if (error instanceof YAMLException) throw fail(error.reason, (error.mark?.line ?? 0) + 1);
    if (error instanceof RangeError) throw fail(messageOf(error), 1);
    throw error;
  }
}

/** The tree of the first document. */
function nodesOf(events: readonly Event[], textOf: (scalar: ScalarEvent) => string): YamlNode | undefined {
  let index = 1;
  const next = (): { node: YamlNode; key?: string } | undefined => {
    const event = events[index];
    index += 1;
    switch (event?.type) {
      case EVENT.scalar: return { node: scalarOf(event), key: textOf(event) };
      case EVENT.alias: return { node: { kind: 'alias', start: event.anchorStart, end: event.anchorEnd } };
      case EVENT.sequence: {
        while (next() !== undefined);
        return { node: { kind: 'sequence', start: event.start, isFlow: event.style === FLOW } };
      }
      case EVENT.mapping: return { node: { kind: 'mapping', start: event.start, isFlow: event.style === FLOW, entries: entries() } };
      default: return undefined;
    }
  };
  const entries = (): YamlEntry[] => {
    const found: YamlEntry[] = [];
    for (let key = next(); key !== undefined; key = next()) {
      const value = next();
      if (value === undefined) break;
      const keyEnd = 'end' in key.node ? key.node.end : key.node.start;
      found.push({ ...(key.key === undefined ? {} : { key: key.key }), keyStart: key.node.start, keyEnd, value: value.node });
    }
    return found;
  };
  return next()?.node;
}

function scalarOf({ valueStart, valueEnd, style }: ScalarEvent): YamlNode {
  const quote = style === SINGLE_QUOTED || style === DOUBLE_QUOTED ? 1 : 0;
  return { kind: 'scalar', start: valueStart - quote, end: valueEnd + quote, isPlain: style === PLAIN };
}

/** As js-yaml numbers them; importing the names would load it with the core. */
const EVENT = { sequence: 2, mapping: 3, scalar: 4, alias: 5 } as const;
const [PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED] = [1, 2, 3];
const FLOW = 2;

function positionOf(root: YamlNode | undefined, path: KeyPath): number {
  let node = root;
  let position = Math.max(node?.start ?? 0, 0);
  for (const key of path) {
    const entry: YamlEntry | undefined = node?.kind === 'mapping' ? node.entries.find((candidate) => candidate.key === key) : undefined;
    if (entry === undefined) break;
    position = entry.keyStart;
    node = entry.value;
  }
  return position;
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index !== -1 && index < position; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}
