import { isDeepStrictEqual } from 'node:util';
import { isMapping, type KeyPath, type Section } from './section.js';
import { parseYaml, type YamlDocument, type YamlEntry, type YamlNode } from './yaml-document.js';

/**
 * The text of `document` with one setting changed, and every other character as it is: comments, order, line ends.
 *
 * The outcome is parsed and compared before it is given: `undefined` where it would say anything else differently, as
 * where the setting is an alias that others use too.
 *
 * @param path - Keys down to the setting; the mappings on the way are made where they are missing.
 */
export async function withSetting(document: YamlDocument, path: KeyPath, value: boolean): Promise<string | undefined> {
  const text = edited(document, path, String(value));
  if (text === undefined) return undefined;
  const expected = changed(document.data, path, value);
  try {
    return isDeepStrictEqual((await parseYaml(text, document.file)).data, expected) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The data with one value changed; what is on the way there is copied, the rest shared. */
function changed(data: Section, [key, ...rest]: KeyPath, value: boolean): Section {
  if (key === undefined) return data;
  const inner = Object.hasOwn(data, key) ? data[key] : undefined;
  return { ...data, [key]: rest.length === 0 ? value : changed(isMapping(inner) ? inner : {}, rest, value) };
}

function edited(document: YamlDocument, path: KeyPath, value: string): string | undefined {
  const { text } = document;
  const root = document.root();
  if (root === undefined || isEmpty(text, root)) return appended(text, path, value);
  let node = root;
  let holder: YamlEntry | undefined;
  for (const [depth, key] of path.entries()) {
    if (node.kind !== 'mapping') return holder === undefined ? undefined : filled(text, holder, path.slice(depth), value);
    const entry: YamlEntry | undefined = node.entries.find((candidate) => candidate.key === key);
    if (entry === undefined) return inserted(text, node, holder, path.slice(depth), value);
    holder = entry;
    node = entry.value;
  }
  return node.kind === 'scalar' && node.start !== -1 ? splice(text, node.start, node.end, value) : undefined;
}

/** Behind everything else. */
function appended(text: string, path: KeyPath, value: string): string {
  const eol = lineEndOf(text);
  const gap = text === '' || text.endsWith('\n') ? '' : eol;
  return text + gap + block(path, value, { indent: '', unit: '  ', eol });
}

/** Gives an entry without a value its first: `plugin_policy:`, or `plugin_policy: ~`. */
function filled(text: string, holder: YamlEntry, path: KeyPath, value: string): string | undefined {
  if (holder.value.kind !== 'scalar' || !isEmpty(text, holder.value)) return undefined;
  const without = holder.value.start === -1 ? text : splice(text, holder.value.start, holder.value.end, '');
  return afterLine(without, holder.keyEnd, block(path, value, { indent: `${indentAt(text, holder.keyStart)}  `, unit: '  ', eol: lineEndOf(text) }));
}

/** Adds to a mapping that has no such entry yet. */
function inserted(text: string, mapping: YamlNode & { kind: 'mapping' }, holder: YamlEntry | undefined, path: KeyPath, value: string): string | undefined {
  if (mapping.isFlow) {
    const gap = mapping.entries.length === 0 ? '' : ', ';
    return splice(text, mapping.start + 1, mapping.start + 1, flow(path, value) + gap);
  }
  const [first] = mapping.entries;
  if (first === undefined) return undefined;
  const indent = indentAt(text, first.keyStart);
  const unit = holder === undefined ? '  ' : indent.slice(indentAt(text, holder.keyStart).length) || '  ';
  const lines = block(path, value, { indent, unit, eol: lineEndOf(text) });
  if (holder === undefined) return (text.endsWith('\n') ? text : text + lineEndOf(text)) + lines;
  // Behind the last entry where that is a plain line; before the first otherwise, where comments stay with what they are about.
  const last = mapping.entries.at(-1);
  const isLine = last?.value.kind === 'scalar' && last.value.start !== -1 && !text.slice(last.keyStart, last.value.end).includes('\n');
  return afterLine(text, isLine && path.length === 1 ? last.value.end : holder.keyEnd, lines);
}

interface Layout {
  readonly indent: string;
  readonly unit: string;
  readonly eol: string;
}

function block([key = '', ...rest]: KeyPath, value: string, { indent, unit, eol }: Layout): string {
  if (rest.length === 0) return `${indent}${quoted(key)}: ${value}${eol}`;
  return `${indent}${quoted(key)}:${eol}${block(rest, value, { indent: indent + unit, unit, eol })}`;
}

function flow([key = '', ...rest]: KeyPath, value: string): string {
  return `${JSON.stringify(key)}: ${rest.length === 0 ? value : `{${flow(rest, value)}}`}`;
}

/** What YAML 1.1 or 1.2 may read as something else than a text is quoted. */
function quoted(key: string): string {
  return /^[a-z][a-z0-9_/-]*$/.test(key) && !/^(?:null|true|false|yes|no|on|off|y|n)$/.test(key) ? key : JSON.stringify(key);
}

function isEmpty(text: string, node: YamlNode): boolean {
  return node.kind === 'scalar' && node.isPlain && (node.start === -1 || /^(?:~|null|Null|NULL|)$/.test(text.slice(node.start, node.end)));
}

function indentAt(text: string, position: number): string {
  return ' '.repeat(position - (text.lastIndexOf('\n', position - 1) + 1));
}

function afterLine(text: string, position: number, lines: string): string {
  const end = text.indexOf('\n', position);
  return end === -1 ? text + lineEndOf(text) + lines : splice(text, end + 1, end + 1, lines);
}

function lineEndOf(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
