import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse as parseToml } from 'toml';
import { parse as parseYaml } from 'yaml';
import { FORMATS, type ConfigFormat } from '#internal/core/config/formats/index.js';
import { linesOf, type Line } from './written-lines.js';

type Data = Readonly<Record<string, unknown>>;

const key = fc.oneof({ weight: 4, arbitrary: fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/) }, fc.constantFrom('a b', 'x.y', '"', "it's", 'true', '7', 'é', '#', '-', '', 'null', '[x]'))
  .filter((name) => name !== 'constructor');
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('one\ntwo', 'one\n\n  two\n', '\n', ' # x', 'a: b', 'yes', '12', '~', '"""', "'''", '\\', 'x'.repeat(100), 'a\r\nb', '\t', '---', '2026-11-30'));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value)).map((value) => value + 0));
const scalarOf = (format: ConfigFormat) => fc.oneof(text, number, fc.boolean(), ...(format.name === 'toml' ? [] : [fc.constant(null)]));
const valueOf = (format: ConfigFormat) => {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalarOf(format), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true })),
  }));
  return value;
};
const dataOf = (format: ConfigFormat) => fc.dictionary(key, valueOf(format), { maxKeys: 5, noNullPrototype: true });

/** What other parsers read. */
const READERS = { yaml: (source: string): unknown => parseYaml(source) ?? {}, json: JSON.parse, toml: (source: string): unknown => JSON.parse(JSON.stringify(parseToml(source))) };

for (const format of FORMATS) {
  const file = `config${format.extensions[0] ?? ''}`;

  describe(`whatever is written into a ${format.name.toUpperCase()} file`, () => {
    it('is read again, by others too', async () => {
      await fc.assert(fc.asyncProperty(dataOf(format), async (data) => {
        let source = '';
        for (const [name, value] of Object.entries(data)) source = await format.edit(source, file, { path: [name], value });
        expect((await format.parse(source, file)).data).to.deep.equal(data);
        if (source !== '') expect(READERS[format.name](source)).to.deep.equal(data);
      }), { numRuns: 200 });
    });

    it('changes the key that is meant, and keeps every comment and every other line', async () => {
      await fc.assert(fc.asyncProperty(dataOf(format), fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), fc.nat(), key, fc.option(valueOf(format), { nil: undefined }), fc.constantFrom('\n', '\r\n'), async (data, choices, place, name, value, eol) => {
        const lines = linesOf(format.name, data, choices);
        const source = lines.map((line) => line.text + eol).join('');
        expect((await format.parse(source, file)).data, source).to.deep.equal(data);
        const paths = pathsOf(data, name);
        const path = paths[place % paths.length] ?? [name];
        const change = { path, value: place % 2 === 0 ? value : altered(valueAt(data, path), name, value, choices) };
        const outcome = await format.edit(source, file, change);
        const changed = withValue(data, path, change.value);
        const shown = `${source}\n==== ${path.join(' / ')} = ${JSON.stringify(change.value)}\n${outcome}`;
        expect((await format.parse(outcome, file)).data, shown).to.deep.equal(changed);
        const stays = (line: Line): boolean => isKept(line, path, data, changed);
        expect(missing(lines.filter((line) => line.item === undefined && stays(line)), outcome), shown).to.deep.equal([]);
        // Items of lists may change their order.
        for (const line of lines.filter((each) => each.item !== undefined && stays(each))) expect(missing([line], outcome), shown).to.deep.equal([]);
      }), { numRuns: 500 });
    });
  });
}

/** The paths of all keys, and of one that may be new in each mapping. */
function pathsOf(data: Data, added: string, path: readonly string[] = []): readonly (readonly string[])[] {
  return [...Object.keys(data).map((name) => [...path, name]), [...path, added],
    ...Object.entries(data).flatMap(([name, value]) => (isData(value) ? pathsOf(value, added, [...path, name]) : []))];
}

function withValue(data: Data, [name = '', ...rest]: readonly string[], value: unknown): Data {
  const inner = Object.hasOwn(data, name) ? data[name] : undefined;
  if (rest.length > 0) return { ...data, [name]: withValue(isData(inner) ? inner : {}, rest, value) };
  const { [name]: _, ...others } = data;
  return value === undefined ? others : { ...others, [name]: value };
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A collection without some of what is in it, and with something more; of anything else the other value. */
function altered(old: unknown, name: string, value: unknown, choices: readonly number[]): unknown {
  const isLeft = (_item: unknown, index: number): boolean => (choices[index] ?? 0) % 3 !== 0;
  if (Array.isArray(old)) return [...(old as readonly unknown[]).filter(isLeft), ...(value === undefined ? [] : [value])];
  if (!isData(old)) return value;
  return { ...Object.fromEntries(Object.entries(old).filter(isLeft)), ...(value === undefined ? {} : { [name]: value }) };
}

/** Whether a line says something that is said still; items stay that are there as often as they were. */
function isKept({ path: at, isHead, isComment = false, item }: Line, path: readonly string[], data: Data, changed: Data): boolean {
  if (at.length < path.length || !startsWith(at, path)) return !(isHead && startsWith(path, at));
  const [was, is] = [data, changed].map((root) => valueAt(root, isComment && item === undefined ? at.slice(0, -1) : at));
  if (isComment && item === undefined) return [was, is].every((value) => isData(value) && Object.keys(value).length > 0);
  if (item === undefined) return was !== undefined && isDeepStrictEqual(was, is);
  // Tables of their own cannot stand beside anything else.
  if (item.isTable === true && !(Array.isArray(is) && is.every(isData))) return false;
  return Array.isArray(was) && Array.isArray(is) && countOf(is, item.value) >= countOf(was, item.value);
}

function countOf(items: readonly unknown[], item: unknown): number {
  return items.filter((each) => isDeepStrictEqual(each, item)).length;
}

function valueAt(data: Data, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isData(value) && Object.hasOwn(value, name) ? value[name] : undefined), data);
}

/** Those of the lines that are no longer there, in their order; commas at their ends aside. */
function missing(lines: readonly Line[], outcome: string): readonly string[] {
  const left = outcome.split(/\r?\n/).map(bare);
  return lines.filter((line) => {
    const at = left.indexOf(bare(line.text));
    if (at !== -1) left.splice(0, at + 1);
    return at === -1;
  }).map((line) => line.text);
}

function bare(line: string): string {
  return line.replace(/,(?=$| # behind \d+$)/, '');
}

function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((name, index) => path[index] === name);
}
