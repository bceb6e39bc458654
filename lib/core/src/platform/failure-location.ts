import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageOf } from './packages.js';
import { syntaxErrorIn } from './syntax-check.js';

interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, where it is known. */
  readonly column?: number;
}

/**
 * Where in code of `folder` something failed that was to be imported, as `file:line`: in what was written, where there is a
 * source map. Undefined where nothing tells.
 */
export async function failureLocation(error: unknown, folder: string): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined;
  const { stack = '' } = error;
  const place = missingImport(error) ?? (isUnread(error, stack) ? await syntaxErrorIn(modulesIn(folder), error.message) : undefined) ?? placeInStack(stack, folder);
  if (place === undefined) return undefined;
  const { file, line } = written(place);
  return `${file}:${String(line)}`;
}

/** Node names the module that imports something which is missing, but not the line. */
function missingImport({ message }: Error): Place | undefined {
  const [, missing, importer] = /^Cannot find (?:module|package) '([^']+)' imported from (.+)$/m.exec(message) ?? [];
  if (missing === undefined || importer === undefined) return undefined;
  const file = toPath(importer);
  const isMissing = (specifier: string): boolean =>
    specifier === missing || specifier.startsWith(`${missing}/`) || (specifier.startsWith('.') && resolve(dirname(file), specifier) === toPath(missing));
  const index = linesOf(file).findIndex((line) => [...line.matchAll(/(['"])([^'"]+)\1/g)].some(([, , specifier = '']) => isMissing(specifier)));
  return index === -1 ? undefined : { file, line: index + 1 };
}

/** Whether an ES module could not be read: Node does not tell where, and its stack, if anything, who imports it. */
function isUnread({ name }: Error, stack: string): boolean {
  return name === 'SyntaxError' && /^[^\n]*\n +at [^\n]*node:internal/.test(stack);
}

/** The author's own code comes before what that uses; who only waits for it is not to blame. */
function placeInStack(stack: string, folder: string): Place | undefined {
  const frames = stack.split('\n');
  const isOwn = ({ file }: Place): boolean => !relative(folder, file).split(sep).some((part) => part === '..' || part === 'node_modules');
  return placesIn(frames).find(isOwn) ?? placesIn(frames.filter((frame) => !frame.includes('at async ')))[0];
}

/** The places that frames of a stack name, but for those within Node and this library. */
function placesIn(frames: readonly string[]): readonly Place[] {
  return frames.flatMap((frame) => {
    const [, at, line, column] = /(?:^|\(|\bat (?:async )?)((?:file:\/\/|\/|[A-Za-z]:[\\/]|\\\\)[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(frame) ?? [];
    if (at === undefined || line === undefined) return [];
    const file = toPath(at);
    return file.startsWith(ownFolder) ? [] : [{ file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) }];
  });
}

/** Without those of other packages. */
function modulesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.name === 'node_modules' || entry.name.startsWith('.')) return [];
      if (entry.isDirectory()) return modulesIn(path);
      return /\.[mc]?js$/.test(entry.name) ? [path] : [];
    });
  } catch {
    return [];
  }
}

/** The place that a source map gives for one in what was made. */
function written(place: Place): Place {
  try {
    const [, reference] = /^\/\/[#@] sourceMappingURL=(\S+)\s*$/m.exec(readFileSync(place.file, 'utf8')) ?? [];
    if (reference === undefined) return place;
    const map = new SourceMap(JSON.parse(mapText(reference, place.file)) as SourceMapPayload);
    const entry = map.findEntry(place.line - 1, (place.column ?? LAST_COLUMN) - 1);
    if (!('originalLine' in entry)) return place;
    return { file: resolve(dirname(place.file), toPath(entry.originalSource)), line: entry.originalLine + 1 };
  } catch {
    return place;
  }
}

/** Of a line, what comes before its end. */
const LAST_COLUMN = 100_000;

function mapText(reference: string, file: string): string {
  const [, encoding, data] = /^data:[^,]*?(;base64)?,(.*)$/.exec(reference) ?? [];
  if (data === undefined) return readFileSync(resolve(dirname(file), decodeURIComponent(reference)), 'utf8');
  return encoding === undefined ? decodeURIComponent(data) : Buffer.from(data, 'base64').toString();
}

/** Without what tells versions apart. */
function toPath(location: string): string {
  const plain = location.replace(/(?:[?&]|%3F)structum=\d+$/, '');
  return plain.startsWith('file:') ? fileURLToPath(plain) : plain;
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/) : [];
}

/** Of this library; source maps may tell of what it was made from. */
const here = dirname(fileURLToPath(import.meta.url));
const ownFolder = join(packageOf(here)?.folder ?? here, sep);
