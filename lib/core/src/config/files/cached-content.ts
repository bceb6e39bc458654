import type { Change } from '../formats/index.js';
import { changed } from '../formats/plan.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { isMapping, keysOf, valueAt, type KeyPath, type Section } from '../section.js';
import { partsOf, type FileContent } from './file-content.js';

/** One part of what a file says, a path of one key or two: where among the bodies it is, in bytes. */
export type Part = readonly [path: KeyPath, start: number, end: number];

/** What a file said when it had a text; each part is parsed when it is asked for. */
export class CachedContent implements FileContent {
  readonly text: string;
  readonly bodies: Uint8Array;
  readonly parts: readonly Part[];
  /** Whether the settings of plugins are kept plugin by plugin. */
  readonly isWellShaped: boolean;
  /** By their first key; those that have a second one by that. */
  readonly #found = new Map<string, Part | Map<string, Part>>();
  readonly #parsed = new Map<Part, unknown>();

  constructor(text: string, bodies: Uint8Array, parts: readonly Part[]) {
    this.text = text;
    this.bodies = bodies;
    this.parts = parts;
    for (const part of parts) this.#add(part);
    this.isWellShaped = !isPart(this.#found.get(PLUGINS_SECTION));
  }

  /** What was parsed, to be kept. */
  static of(text: string, data: Section): CachedContent {
    const parts: Part[] = [];
    const bodies: Uint8Array[] = [];
    let end = 0;
    for (const { path, value } of partsOf(data)) {
      const body = bodyOf(value);
      bodies.push(body);
      parts.push([path, end, end + body.length]);
      end += body.length;
    }
    return new CachedContent(text, Buffer.concat(bodies), parts);
  }

  get sections(): readonly string[] {
    return [...this.#found.keys()];
  }

  get plugins(): readonly string[] {
    const found = this.#found.get(PLUGINS_SECTION);
    return isPart(found) ? keysOf(this.#valueOf(found)) : [...(found?.keys() ?? [])];
  }

  valueAt(path: KeyPath): unknown {
    const [section, inner] = path;
    if (section === undefined) return this.parts.length === 0 ? undefined : Object.fromEntries(this.sections.map((key) => [key, this.valueAt([key])]));
    const found = this.#found.get(section);
    if (found === undefined) return undefined;
    if (isPart(found)) return valueAt(this.#valueOf(found), path.slice(1));
    if (inner === undefined) return Object.fromEntries([...found].map(([key, part]) => [key, this.#valueOf(part)]));
    const part = found.get(inner);
    return part === undefined ? undefined : valueAt(this.#valueOf(part), path.slice(2));
  }

  /** What is said after a change within one of the parts; `undefined` where it is of more. */
  amended(text: string, { path, value }: Change): CachedContent | undefined {
    const around = this.#partAround(path);
    const old = around === undefined ? undefined : this.#valueOf(around);
    if (around === undefined || around[0].length >= path.length || !isMapping(old)) return undefined;
    const body = bodyOf(changed(old, { path: path.slice(around[0].length), value }));
    const [, start, end] = around;
    const growth = body.length - (end - start);
    const bodies = Buffer.concat([this.bodies.subarray(0, start), body, this.bodies.subarray(end)]);
    // Parts are in the order of their bodies.
    return new CachedContent(text, bodies, this.parts.map(([at, from, to]) => [at, from > start ? from + growth : from, from >= start ? to + growth : to]));
  }

  #add(part: Part): void {
    const [section = '', inner] = part[0];
    const known = this.#found.get(section);
    if (inner === undefined) this.#found.set(section, part);
    else if (known === undefined || isPart(known)) this.#found.set(section, new Map([[inner, part]]));
    else known.set(inner, part);
  }

  #partAround([section = '', inner = '']: KeyPath): Part | undefined {
    const found = this.#found.get(section);
    return isPart(found) ? found : found?.get(inner);
  }

  #valueOf(part: Part): unknown {
    const [, start, end] = part;
    if (!this.#parsed.has(part)) this.#parsed.set(part, JSON.parse(Buffer.from(this.bodies.buffer, this.bodies.byteOffset + start, end - start).toString()));
    return this.#parsed.get(part);
  }
}

function isPart(found: Part | ReadonlyMap<string, Part> | undefined): found is Part {
  return Array.isArray(found);
}

function bodyOf(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
