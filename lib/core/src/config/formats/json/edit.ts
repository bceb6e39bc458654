import type { Change } from '../config-format.js';
import { insertInFlow, removeFromFlow, startsLine } from '../flow-edit.js';
import { changedInBrackets } from '../flow-list.js';
import type { ReadText } from '../language.js';
import type { MapNode } from '../node.js';
import { planOf, type Plan } from '../plan.js';
import { indentAt, lineEndOf, splice } from '../text.js';

/** Texts that may say what a change of JSON asks for. */
export function writeJson(text: string, read: ReadText, change: Change): readonly string[] {
  const plan = planOf({ root: read.root(), data: read.data }, change);
  return plan === undefined ? [] : [written(text, plan)];
}

function written(text: string, plan: Plan): string {
  switch (plan.kind) {
    case 'insert': return inserted(text, plan);
    case 'replace': {
      const style = styleOf(text, plan.map);
      const indent = startsLine(text, plan.entry) ? indentAt(text, plan.entry.keyStart) : undefined;
      return changedList(text, plan, style) ?? splice(text, plan.entry.value.start, plan.entry.value.end, valueText(plan.value, style, indent));
    }
    case 'remove': return plan.map.entries.length === 1 ? splice(text, plan.map.start, plan.map.end, '{}') : removeFromFlow(text, plan.map, plan.entry);
  }
}

/** Of a list, the items that stay are left as they are. */
function changedList(text: string, { entry: { key = '', value: node }, section, value }: Plan & { kind: 'replace' }, style: Style): string | undefined {
  const old = section[key];
  if (node.kind !== 'list' || !Array.isArray(old) || !Array.isArray(value)) return undefined;
  return changedInBrackets(text, { node, old, items: value }, style.colon === ':' ? '' : ' ', (item, indent) => valueText(item, style, indent));
}

function inserted(text: string, { map, key, value }: Plan & { kind: 'insert' }): string {
  const style = styleOf(text, map);
  const entry = (indent: string | undefined): string => `${JSON.stringify(key)}${style.colon}${valueText(value, style, indent)}`;
  if (map !== undefined && map.entries.length > 0) return insertInFlow(text, map, entry);
  const isInline = map !== undefined && map.start > 0 && !text.trimEnd().includes('\n');
  const indent = map === undefined ? '' : indentAt(text, map.start);
  const whole = isInline ? `{${entry(undefined)}}` : ['{', indent + style.unit + entry(indent + style.unit), `${indent}}`].join(style.eol);
  return map === undefined ? whole + style.eol : splice(text, map.start, map.end, whole);
}

/** How a text is laid out. */
interface Style {
  readonly unit: string;
  readonly colon: string;
  readonly eol: string;
}

function styleOf(text: string, map: MapNode | undefined): Style {
  const unit = /^\{[ \t]*\r?\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const first = map?.entries[0];
  // Where the object is empty, the first colon of the file shows how they are written.
  const colon = first === undefined ? /"[ \t]*(:[ \t]*)\S/.exec(text)?.[1] : /^[ \t]*(:[ \t]*)$/.exec(text.slice(first.keyEnd, first.value.start))?.[1];
  return { unit, colon: colon ?? ': ', eol: lineEndOf(text) };
}

/** A value over several lines, of which the first is indented so; or within one line. */
function valueText(value: unknown, { unit, colon, eol }: Style, indent: string | undefined): string {
  if (indent !== undefined) return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent);
  if (colon === ':') return JSON.stringify(value);
  return JSON.stringify(value, null, 1).replace(/\n */g, ' ').replace(/([[{]) | ([\]}])/g, '$1$2');
}
