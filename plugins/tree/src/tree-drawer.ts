import { drawEntries } from './draw.js';
import { lookOf } from './theme.js';
import type { TreeEntry } from './tree-result.js';
import type { DrawOptions, TreeService } from './tree-service.js';
import { visibleText } from './visible-text.js';

/** The {@link TreeService} of this plugin. */
export class TreeDrawer implements TreeService {
  draw(paths: readonly string[], options: DrawOptions = {}): Promise<string> {
    const lines = options.rootLabel === undefined ? [] : [visibleText(options.rootLabel)];
    for (const line of drawEntries(entriesOf(paths), lookOf(options.theme ?? 'unicode'))) lines.push(line);
    return Promise.resolve(lines.join('\n'));
  }
}

/** The entries of the tree that `paths` make, with the folders that they lie in, in the order of a walk. */
function entriesOf(paths: readonly string[]): TreeEntry[] {
  const kinds = new Map<string, 'file' | 'directory'>();
  for (const path of paths) {
    addFolders(kinds, path);
    if (!path.endsWith('/') && !kinds.has(path)) kinds.set(path, 'file');
  }
  return [...kinds]
    .map(([path, kind]) => ({ entry: { path, kind }, key: path.replaceAll('/', '\0') })) // a slash sorts before every other character
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ entry }) => entry);
}

/** Adds the folders that `path` lies in, outermost first: paths in the order of a walk then need hardly any sorting. */
function addFolders(kinds: Map<string, 'file' | 'directory'>, path: string): void {
  const missing: string[] = [];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const folder = path.slice(0, at);
    if (kinds.get(folder) === 'directory') break;
    missing.push(folder);
  }
  for (const folder of missing.reverse()) kinds.set(folder, 'directory');
}
