import type { Change } from '../config-format.js';
import { insertInFlow, removeFromFlow } from '../flow-edit.js';
import type { ReadText } from '../language.js';
import type { ConfigEntry, MapNode } from '../node.js';
import { planOf, type Plan } from '../plan.js';
import { afterTrivia, cut, indentAt, lineEndOf, lineStartAt, nextLineAt, splice } from '../text.js';
import { afterComments } from './comments.js';
import { changedYamlList } from './list.js';
import { mannerOf, type YamlManner } from './manner.js';
import { yamlWriters, type YamlWriter } from './writer.js';

/** Texts that may say what a change of YAML asks for. */
export async function writeYaml(text: string, read: ReadText, change: Change, sample: string): Promise<readonly string[]> {
  const plan = planOf({ root: read.root(), data: read.data }, change);
  return plan === undefined ? [] : written(text, plan, await yamlWriters(sample));
}

function written(text: string, plan: Plan, writers: (manner: YamlManner) => YamlWriter): readonly string[] {
  const writer = writers(mannerOf(text, plan));
  switch (plan.kind) {
    case 'insert': return [plan.map?.isFlow === true ? insertInFlow(text, plan.map, () => writer.flowEntry(plan.key, plan.value)) : inserted(text, plan, writer)];
    case 'replace': {
      const list = changedYamlList(text, plan, writers);
      const others = plan.map.isFlow
        ? [replacedInFlow(text, plan.entry, writer.flow(plan.value))]
        // Comments between the key and its old value would become part of a text of lines.
        : [writer.block(plan.value), [writer.flow(plan.value)]].map((lines) => replaced(text, plan.entry, lines));
      return list === undefined ? others : [list, ...others];
    }
    case 'remove': return [plan.map.isFlow ? removeFromFlow(text, plan.map, plan.entry) : removed(text, plan)];
  }
}

/** Adds lines behind the last entry of a mapping, and the comments that are indented like what is in it. */
function inserted(text: string, { map, key, value }: Plan & { kind: 'insert' }, writer: YamlWriter): string {
  const last = map?.entries.at(-1);
  const indent = last === undefined ? '' : indentAt(text, last.keyStart);
  const at = last === undefined ? text.length : afterComments(text, nextLineAt(text, last.value.end), indent.length);
  const lines = writer.entry(key, value).map((line) => (line === '' ? '' : indent + line) + lineEndOf(text)).join('');
  const gap = at === 0 || text[at - 1] === '\n' ? '' : lineEndOf(text);
  return splice(text, at, at, gap + lines);
}

function replacedInFlow(text: string, { value: { start, end } }: ConfigEntry, value: string): string {
  return splice(text, start, end, text[start - 1] === ':' ? ` ${value}` : value);
}

/** Gives an entry another value: what goes on the line of its key there, and lines below where the value was, or would be. */
function replaced(text: string, entry: ConfigEntry, [head = '', ...lines]: readonly string[]): string {
  const { start, end } = entry.value;
  const eol = lineEndOf(text);
  const indent = indentAt(text, entry.keyStart);
  const body = lines.map((line) => (line === '' ? '' : indent + line) + eol).join('');
  const colon = colonOf(text, entry);
  if (start === end || !text.slice(colon, start).includes('\n')) {
    const after = splice(text, colon, end, head === '' ? '' : (text.slice(colon, start) || ' ') + head);
    return withLines(after, nextLineAt(after, colon), body, eol);
  }
  const below = lineStartAt(text, start);
  const rest = text.slice(end, nextLineAt(text, end));
  // What is behind the old value's last line stays, below its key.
  const kept = rest.trim() === '' ? '' : `${indent}  ${rest.trimStart()}`;
  const after = splice(text, below, end + rest.length, body === '' ? kept : body + kept);
  return head === '' ? after : splice(after, colon, colon, ` ${head}`);
}

function withLines(text: string, at: number, lines: string, eol: string): string {
  const gap = lines === '' || text[at - 1] === '\n' ? '' : eol;
  return splice(text, at, at, gap + lines);
}

/** The offset behind the colon of an entry. */
function colonOf(text: string, { keyEnd }: ConfigEntry): number {
  return afterTrivia(text, keyEnd) + 1;
}

/** Takes the lines of an entry out; a mapping that has no other is written as an empty one. */
function removed(text: string, { map, holder, entry }: { readonly map: MapNode; readonly holder?: ConfigEntry; readonly entry: ConfigEntry }): string {
  const without = cut(text, entry.keyStart, Math.max(entry.value.end, colonOf(text, entry)));
  if (holder === undefined || map.entries.length > 1) return without;
  const colon = colonOf(text, holder);
  return splice(without, colon, colon, ' {}');
}
