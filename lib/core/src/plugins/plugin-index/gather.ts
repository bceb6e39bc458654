import { join } from 'node:path';
import { MANIFEST_FILE } from '../../contract/index.js';
import { messageOf, StructumError, type ErrorParams } from '../../errors/index.js';
import { checksumOf } from '../../manifest/hash.js';
import { parseManifest } from '../../manifest/read.js';
import { Scan, stampOf, type PackagePlace, type SearchRoot } from '../discovery/index.js';
import type { Gathered } from './build.js';
import { MARKED_SCOPES, markerOf, markersOf, type Marker } from './markers.js';
import { keyOf, keysOf, type Row, type RowProblem } from './row.js';
import type { IndexTable } from './table.js';
import { Texts } from './texts.js';

/** What was found in folders, in order of precedence. */
export interface Gathering {
  readonly packages: readonly Gathered[];
  readonly markers: readonly Marker[];
}

/**
 * Gathers all plugins; what an earlier index knows of manifests that did not change since is taken from there.
 *
 * @param doubted - Folders of packages whose manifests are read again in any case.
 */
export function gather(roots: readonly SearchRoot[], earlier: IndexTable | undefined, doubted: ReadonlySet<string> = new Set()): Gathering {
  const now = Date.now();
  const markers = [...markersOf(roots, now)];
  const known = new Earlier(earlier, doubted);
  const scan = new Scan();
  const texts = new Texts();
  const read = (place: PackagePlace): Gathered => known.unchanged(place) ?? readPackage(place, now, texts);
  const packages = roots.flatMap((root, index) => scan.packagesIn(root, index).map((place) => ({ place, ...read(place) })));
  for (const scope of scan.scopes.slice(0, MARKED_SCOPES)) markers.push(markerOf(scope, now));
  addRequired(packages, roots, scan, read);
  return { packages: packages.sort((a, b) => a.row.root - b.row.root), markers };
}

/** What an earlier index knows, by the places where it was found. */
class Earlier {
  readonly #table: IndexTable | undefined;
  readonly #ids = new Map<string, number>();

  constructor(table: IndexTable | undefined, doubted: ReadonlySet<string>) {
    this.#table = table;
    for (let id = 0; id < (table?.size ?? 0); id += 1) {
      const row = table?.row(id);
      if (row !== undefined && !doubted.has(row.folder)) this.#ids.set(row.linked, id);
    }
  }

  unchanged({ linked, folder, root, stats }: PackagePlace): Gathered | undefined {
    const id = this.#ids.get(linked);
    if (id === undefined || this.#table === undefined) return undefined;
    const row = this.#table.row(id);
    if (row.stamp === undefined || row.folder !== folder || row.stamp !== stampOf(stats, Infinity)) return undefined;
    const table = this.#table;
    return { row: row.root === root ? row : { ...row, root }, text: () => table.text(id) };
  }
}

function readPackage({ root, linked, folder, stats }: PackagePlace, now: number, texts: Texts): Gathered {
  const file = join(folder, MANIFEST_FILE);
  if (stats.size > MOST_BYTES) return unusable({ root, linked, folder, stamp: stampOf(stats, now) }, { reason: `it has more than ${String(MOST_BYTES / 2 ** 20)} MB` });
  let text: Buffer;
  try {
    text = texts.read(file, stats.size);
  } catch (error) {
    // Next time it may be readable.
    return unusable({ root, linked, folder }, { reason: messageOf(error) });
  }
  const place = { root, linked, folder, stamp: stampOf(stats, now), checksum: checksumOf(text) };
  try {
    const manifest = parseManifest(text.toString(), file);
    if (manifest.entry === undefined) return unusable(place, { problems: ['it names no entry'] });
    return { row: { ...place, name: manifest.name, keys: keysOf(manifest) }, text: () => text };
  } catch (error) {
    return unusable(place, problemIn(error));
  }
}

/** Of a manifest: nobody's start is to wait for a larger one. */
const MOST_BYTES = 4 * 2 ** 20;

function unusable(place: Pick<Row, 'root' | 'linked' | 'folder' | 'stamp'>, problem: RowProblem): Gathered {
  const text = Buffer.from(JSON.stringify(problem));
  return { row: { ...place, checksum: checksumOf(text), keys: { problem: [''] }, problem }, text: () => text };
}

function problemIn(error: unknown): RowProblem {
  const { problems, reason } = StructumError.is(error) ? (error.details as Partial<ErrorParams<'MANIFEST_INVALID'> & ErrorParams<'MANIFEST_UNREADABLE'>>) : {};
  return problems === undefined ? { reason: reason ?? messageOf(error) } : { problems };
}

interface Placed extends Gathered {
  readonly place: PackagePlace;
}

/**
 * Adds what plugins require and no root holds: package managers that do not put everything on top keep it where only
 * the plugin itself finds it.
 */
function addRequired(packages: Placed[], roots: readonly SearchRoot[], scan: Scan, read: (place: PackagePlace) => Gathered): void {
  const offered = new Set(packages.flatMap(({ row }) => offersOf(row)));
  // What is added is looked at in turn.
  for (const current of packages) {
    const missing = needsOf(current.row).filter((need) => !offered.has(need));
    const root = roots[current.place.root];
    if (missing.length === 0 || root === undefined) continue;
    for (const place of scan.packagesBeside(current.place, root)) {
      const found = read(place);
      const offers = offersOf(found.row);
      if (!offers.some((offer) => missing.includes(offer)) || !scan.take(place)) continue;
      packages.push({ place, ...found });
      for (const offer of offers) offered.add(offer);
    }
  }
}

function needsOf({ keys }: Row): readonly string[] {
  return [...(keys.dependent ?? []).map(asPlugin), ...(keys.consumer ?? []).map(asService)];
}

function offersOf({ keys }: Row): readonly string[] {
  return [...(keys.name ?? []).map(asPlugin), ...(keys.service ?? []).map(asService)];
}

const asPlugin = (name: string): string => keyOf('name', name);
const asService = (id: string): string => keyOf('service', id);
