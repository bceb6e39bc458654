import { thisSystem, type PathEntry, type PathSystem } from './path-system.js';

/** Where a path leads. */
export interface WalkedPath {
  /** Absolute, with all links resolved; of what is not there, the part that is, with the rest behind it. */
  readonly path: string;
  readonly exists: boolean;
  /** The folders that hold the links on the way, behind no link themselves. */
  readonly linkFolders: readonly string[];
}

/** As many as Linux follows. */
const MOST_LINKS = 40;

/** Follows an absolute path, link by link; `undefined` where it leads in a circle, or nobody can look. */
export function walkedPath(path: string, system: PathSystem = thisSystem): WalkedPath | undefined {
  try {
    return walk(path, system);
  } catch {
    return undefined;
  }
}

function walk(path: string, system: PathSystem): WalkedPath | undefined {
  const { path: paths } = system;
  const linkFolders: string[] = [];
  let current = paths.parse(path).root;
  let exists = true;
  const ahead = namesIn(path, system).reverse();
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === '..') {
      current = paths.dirname(current);
      continue;
    }
    const next = paths.join(current, name);
    const entry: PathEntry = exists ? system.entryAt(next) : 'missing';
    if (typeof entry === 'object') {
      linkFolders.push(current);
      if (linkFolders.length > MOST_LINKS) return undefined;
      ahead.push(...namesIn(entry.target, system).reverse());
      const { root } = paths.parse(entry.target);
      if (root !== '') current = root;
      continue;
    }
    exists = entry === 'entry';
    current = next;
  }
  return { path: exists ? system.spelled(current) : current, exists, linkFolders };
}

/** The names on the way to a path, from its root. */
function namesIn(path: string, { path: paths }: PathSystem): string[] {
  const { root } = paths.parse(path);
  const separators = paths.sep === '\\' ? /[\\/]+/ : /\/+/;
  return path.slice(root.length).split(separators).filter((name) => name !== '' && name !== '.');
}
