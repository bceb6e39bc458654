import { join, sep } from 'node:path';
import { MANIFEST_FILE } from '../../contract/index.js';
import { stampOf, type Stamp } from '../../platform/stamp.js';
import { look, type PackagePlace, type SearchRoot } from '../discovery/index.js';

/**
 * A file or folder that changes when packages come or go: its stamp, which is empty where nothing is there. Without one
 * it was about to change, or there is too much to look at.
 */
export type Marker = readonly [path: string, stamp: Stamp | null];

/**
 * What to look at to know whether packages have come or gone: the folders that hold them, and the files in which package
 * managers keep what they installed. However many plugins there are, these are as few.
 *
 * To be taken before the folders are searched: what changes meanwhile shows next time.
 */
export function markersOf(roots: readonly SearchRoot[], now: number): readonly Marker[] {
  return roots.flatMap(({ folder }) => [markerOf(folder, now), ...LOCK_FILES.map((name) => join(folder, name)).filter((file) => look(file) !== undefined).map((file) => markerOf(file, now))]);
}

/** A marker of one path. */
function markerOf(path: string, now: number): Marker {
  const stats = look(path);
  return [path, stats === undefined ? ABSENT : (stampOf(stats, now) ?? null)];
}

/** Whether nothing that is marked has changed. */
export function areUnchanged(markers: readonly Marker[]): boolean {
  return markers.every(([path, stamp]) => {
    if (stamp === null) return false;
    const stats = look(path);
    return (stats === undefined ? ABSENT : stampOf(stats, Infinity)) === stamp;
  });
}

/** Those of npm, pnpm, yarn and its first version. One that comes anew changes its folder. */
const LOCK_FILES = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity'];

/** Markers of the folders of scopes. Where these are very many, everything is looked at each time. */
export function scopeMarkers(scopes: readonly string[], now: number): readonly Marker[] {
  return scopes.slice(0, MOST_SCOPES + 1).map((scope, index) => (index < MOST_SCOPES ? markerOf(scope, now) : [scope, null]));
}

/** Installations of some thousand packages have about a hundred. */
const MOST_SCOPES = 1000;

/**
 * Markers of the manifests of packages that are linked from where they are written: these change in place. Those that a
 * package manager links from its store do not.
 */
export function linkMarkers(places: readonly PackagePlace[], now: number): readonly Marker[] {
  const written = places.filter(({ folder, linked }) => folder !== linked && !folder.includes(`${sep}node_modules${sep}`));
  return written.slice(0, MOST_LINKS).map(({ folder, stats }) => [join(folder, MANIFEST_FILE), stampOf(stats, now) ?? null]);
}

/** One costs some microseconds of each start. */
const MOST_LINKS = 64;

const ABSENT = '';
