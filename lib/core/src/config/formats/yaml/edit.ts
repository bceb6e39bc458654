import type { Change } from '../config-format.js';
import { insertInFlow, removeFromFlow } from '../flow-edit.js';
import type { Manner, ReadText } from '../language.js';
import type { ConfigEntry, MapNode } from '../node.js';
import { planOf, type Plan } from '../plan.js';
import { afterTrivia, cut, indentAt, lineEndOf, lineStartAt, nextLineAt, splice } from '../text.js';
import { yamlWriter, type YamlWriter } from './writer.js';

/** Texts that may say what a change of YAML asks for. */
export async function writeYaml(text: string, read: ReadText, change: Change, { sample }: Manner): Promise<readonly string[]> {
  const plan = planOf(read, change);
  return plan === undefined ? [] : written(text, plan, await yamlWriter(sample));
}

function written(text: string, plan: Plan, writer: YamlWriter): readonly string[] {
  switch (plan.kind) {
    case 'insert': return [plan.map?.isFlow === true ? insertInFlow(text, plan.map, () => writer.flowEntry(plan.key, plan.value)) : inserted(text, plan, writer)];
    case 'replace': {
      if (plan.map.isFlow) return [replacedInFlow(text, plan.entry, writer.flow(plan.value))];
      // Comments between the key and its old value would become part of a text of lines.
      return [writer.block(plan.value), [writer.flow(plan.value)]].map((lines) => replaced(text, plan.entry, lines));
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

/** Where the lines end that hold only comments which are indented more than that. */
function afterComments(text: string, start: number, indent: number): number {
  let end = start;
  for (let next = start; next < text.length; next = nextLineAt(text, next)) {
    const line = text.slice(next, nextLineAt(text, next));
    const isDeeper = line.startsWith(' '.repeat(indent + 1)) && line.trimStart().startsWith('#');
    if (isDeeper) end = nextLineAt(text, next);
    else if (line.trim() !== '') break;
  }
  return end;
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
