import { join } from 'node:path';
import { MANIFEST_FILE } from '../../contract/index.js';
import { messageOf, StructumError, type ErrorParams } from '../../errors/index.js';
import { checksumOf } from '../../manifest/hash.js';
import { MOST_MANIFEST_BYTES, parseManifest } from '../../manifest/read.js';
import { realPath } from '../../platform/real-path.js';
import { stampOf } from '../../platform/stamp.js';
import { Scan, type PackagePlace, type SearchRoot } from '../discovery/index.js';
import type { Gathered } from './build.js';
import { Allowance, limitsOf } from './limits.js';
import { linkMarkers, markersOf, scopeMarkers, type Marker } from './markers.js';
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
export function gather(roots: readonly SearchRoot[], earlier: IndexTable | undefined, doubted: ReadonlySet<string> = new Set(), limits = limitsOf(roots)): Gathering {
  const now = Date.now();
  const markers = [...markersOf(roots, now)];
  const known = new Earlier(earlier, doubted);
  const scan = new Scan(limits.names);
  const allowance = new Allowance(limits);
  const texts = new Texts();
  const read = (place: PackagePlace): Gathered | undefined => {
    if (!allowance.allows(place)) return undefined;
    return place.problem === undefined ? (known.unchanged(place) ?? readPackage(place, now, texts)) : unusable(rowOf(place), { reason: place.problem });
  };
  const packages: Placed[] = [];
  roots.forEach((root, index) => {
    for (const place of scan.packagesIn(root, index)) {
      const found = read(place);
      if (found !== undefined) packages.push({ place, ...found });
    }
  });
  markers.push(...scopeMarkers(scan.scopes, now), ...linkMarkers(packages.map(({ place }) => place), now));
  addRequired(packages, roots, scan, read);
  const sorted = packages.sort((a, b) => a.row.root - b.row.root);
  const { excess } = allowance;
  const [first] = roots;
  if (excess !== undefined) sorted.push({ place: excess.place, ...unusable(rowOf(excess.place), { reason: `it and what comes after it are left out: ${excess.reason}` }) });
  if (!scan.isCutOff || first === undefined) return { packages: sorted, markers };
  const cut = unusable({ root: 0, linked: first.folder, folder: first.folder }, { reason: `what comes later is left out: there are more than ${String(limits.names)} names` });
  return { packages: [...sorted, cut], markers };
}

/** Of folders that could not be looked through: nothing but why. They are looked through again next time. */
export function gatherNothing(roots: readonly SearchRoot[], reason: string): Gathering {
  const [root] = roots;
  if (root === undefined) return { packages: [], markers: [] };
  return { packages: [unusable({ root: 0, linked: root.folder, folder: root.folder }, { reason })], markers: [[root.folder, null]] };
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
  if (stats.size > MOST_MANIFEST_BYTES) return unusable({ root, linked, folder, stamp: stampOf(stats, now) }, { reason: `it has more than ${String(MOST_MANIFEST_BYTES / 2 ** 20)} MB` });
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

function rowOf({ root, linked, folder }: PackagePlace): Pick<Row, 'root' | 'linked' | 'folder'> {
  return { root, linked, folder };
}

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
function addRequired(packages: Placed[], roots: readonly SearchRoot[], scan: Scan, read: (place: PackagePlace) => Gathered | undefined): void {
  const offered = new Set(packages.flatMap(({ row }) => offersOf(row)));
  const besides = new Map<string, Offers>();
  const offersIn = (folder: string, root: number): Offers => {
    const real = realPath(folder) ?? folder;
    const known = besides.get(real) ?? offersOfAll(scan.placesIn(folder, root), read);
    besides.set(real, known);
    return known;
  };
  // What is added is looked at in turn.
  for (const { row, place: { root: index, ...place } } of packages) {
    const missing = needsOf(row).filter((need) => !offered.has(need));
    const root = roots[index];
    if (missing.length === 0 || root === undefined) continue;
    for (const folder of scan.foldersBeside({ root: index, ...place }, root)) {
      const offers = offersIn(folder, index);
      const wanted = missing.flatMap((need) => offers.get(need) ?? []).sort((a, b) => (a.place.linked < b.place.linked ? -1 : 1));
      for (const found of wanted) {
        if (!scan.take(found.place)) continue;
        packages.push({ ...found, place: { ...found.place, root: index }, row: { ...found.row, root: index } });
        for (const offer of offersOf(found.row)) offered.add(offer);
      }
    }
  }
}

/** The packages that offer what others need. */
type Offers = ReadonlyMap<string, readonly Placed[]>;

function offersOfAll(places: readonly PackagePlace[], read: (place: PackagePlace) => Gathered | undefined): Offers {
  const offers = new Map<string, Placed[]>();
  for (const place of places) {
    const found = read(place);
    if (found === undefined) break;
    for (const offer of offersOf(found.row)) {
      const known = offers.get(offer);
      if (known === undefined) offers.set(offer, [{ place, ...found }]);
      else known.push({ place, ...found });
    }
  }
  return offers;
}

function needsOf({ keys }: Row): readonly string[] {
  return [...(keys.dependent ?? []).map(asPlugin), ...(keys.consumer ?? []).map(asService)];
}

function offersOf({ keys }: Row): readonly string[] {
  return [...(keys.name ?? []).map(asPlugin), ...(keys.service ?? []).map(asService)];
}

const asPlugin = (name: string): string => keyOf('name', name);
const asService = (id: string): string => keyOf('service', id);
