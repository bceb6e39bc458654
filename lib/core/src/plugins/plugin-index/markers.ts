import { join } from 'node:path';
import { look, stampOf, type SearchRoot, type Stamp } from '../discovery/index.js';

/** A file or folder that changes when packages come or go; without a stamp, it was about to change. */
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
export function markerOf(path: string, now: number): Marker {
  const stats = look(path);
  return [path, stats === undefined ? null : (stampOf(stats, now) ?? null)];
}

/** Whether nothing that is marked has changed. */
export function areUnchanged(markers: readonly Marker[]): boolean {
  return markers.every(([path, stamp]) => {
    const stats = stamp === null ? undefined : look(path);
    return stats !== undefined && stampOf(stats, Infinity) === stamp;
  });
}

/** Those of npm, pnpm, yarn and its first version. One that comes anew changes its folder. */
const LOCK_FILES = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity'];

/** The most folders of scopes that are marked: what comes into further ones is found when it is missed. */
export const MARKED_SCOPES = 64;
