import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';
import { isWithin, realPath } from '../../platform/real-path.js';
import { isVirtual } from '../../platform/virtual-files.js';
import { walkedPath } from '../../platform/walked-path.js';
import type { Confinement, FollowedPath, LinkOnTheWay } from './confinement.js';

/** Paths that are there, with links resolved. */
export interface GrantedPaths {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Where the process starts; it needs not be there. */
  readonly folder: string;
  /** What has to be there too, so that the paths as they were given lead to what they stand for. */
  readonly links: readonly LinkOnTheWay[];
}

/** What of a confinement is there by now. */
export function grantedPaths({ read, write, found = [], cwd }: Pick<Confinement, 'read' | 'write' | 'found' | 'cwd'>): GrantedPaths {
  const readable = thoseThere(unmovedPaths([...read, ...found.map(({ path }) => path)]));
  const writable = thoseThere(unmovedPaths(write));
  const links = new Map([...found.flatMap((each) => each.links), ...linksOnTheWay(cwd)].map((link) => [link.path, link]));
  return { read: readable, write: writable, folder: realPath(cwd) ?? cwd, links: outside([...readable, ...writable], [...links.values()]) };
}

/** Both, where only the first has a say about the folder to start in. */
export function mergedPaths(one: GrantedPaths, other: GrantedPaths): GrantedPaths {
  const read = [...new Set([...one.read, ...other.read])];
  const write = [...new Set([...one.write, ...other.write])];
  const links = new Map([...one.links, ...other.links].map((link) => [link.path, link]));
  return { read, write, folder: one.folder, links: outside([...read, ...write], [...links.values()]) };
}

/** Without those that lead elsewhere by now: whoever put a link there was not to say what is granted. */
export function unmovedPaths(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => walkedPath(path)?.path === path);
}

/** Follows each path that is there. */
export function followedPaths(paths: readonly string[]): readonly FollowedPath[] {
  return paths.flatMap((given) => {
    const path = realPath(given);
    return path === undefined ? [] : [{ given, path, links: linksOnTheWay(given) }];
  });
}

function outside(granted: readonly string[], links: readonly LinkOnTheWay[]): LinkOnTheWay[] {
  return links.filter(({ path }) => !granted.some((folder) => isWithin(path, folder)));
}

function thoseThere(paths: readonly string[]): string[] {
  const there = [...new Set(paths)].filter((path) => statsOf(path) !== undefined);
  return there.filter((path) => !isVirtual(path));
}

/** Each symbolic link that is passed when following an absolute path, by its real place. */
function linksOnTheWay(path: string): LinkOnTheWay[] {
  const links: LinkOnTheWay[] = [];
  let place = parse(path).root;
  const ahead = path.split(sep).filter((part) => part !== '');
  for (let part = ahead.shift(); part !== undefined && links.length < MOST_LINKS; part = ahead.shift()) {
    const next = join(place, part);
    const target = statsOf(next)?.isSymbolicLink() === true ? readlinkSync(next) : undefined;
    if (target === undefined) {
      place = next;
      continue;
    }
    links.push({ path: next, target });
    ahead.unshift(...resolve(dirname(next), target).split(sep).filter((name) => name !== ''));
    place = parse(path).root;
  }
  return links;
}

/** As Linux counts: what has more leads in a circle. */
const MOST_LINKS = 40;

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // Nobody can look there.
    return undefined;
  }
}
