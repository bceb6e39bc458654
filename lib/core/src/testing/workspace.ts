import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { failure } from './failure.js';

/** Contents of files by their paths, with `/`: text, bytes, or an object that is written as JSON. A path with a `/` at its end is an empty folder. */
export type WorkspaceFiles = Readonly<Record<string, string | Uint8Array | object>>;

/** A temporary folder of a test; see {@link workspace}. */
export interface Workspace extends Disposable {
  /** Absolute, without links in it. */
  readonly folder: string;
  /** The absolute path of something below it. */
  path(...names: readonly string[]): string;
  /** Writes files, and the folders that they need. */
  write(files: WorkspaceFiles): void;
  /** The text of a file. */
  read(file: string): string;
  exists(path: string): boolean;
  /** The paths of all files, with `/`, sorted. */
  readonly files: readonly string[];
  /** Removes the folder and everything in it. A second call does nothing. */
  dispose(): void;
}

const open = new Set<string>();

// A test that fails before it disposes its folder leaves nothing behind either.
process.once('exit', () => {
  for (const folder of open) remove(folder);
});

/**
 * Makes a temporary folder with these files: `using folder = workspace({ 'a.txt': 'some text' })`.
 *
 * It is removed when it is disposed, at the latest when the process ends.
 */
export function workspace(files: WorkspaceFiles = {}): Workspace {
  const made = new TemporaryFolder();
  try {
    made.write(files);
  } catch (error) {
    made.dispose();
    throw error;
  }
  return made;
}

class TemporaryFolder implements Workspace {
  // The system's folder may itself be reached by a link.
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'structum-workspace-')));

  constructor() {
    open.add(this.folder);
  }

  get files(): readonly string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .sort();
  }

  path(...names: readonly string[]): string {
    const path = resolve(this.folder, ...names);
    if (path === this.folder || path.startsWith(this.folder + sep)) return path;
    throw failure({ message: `"${names.join('/')}" is not within the workspace.`, remedy: 'Name a path below it, with "/" between its parts.' });
  }

  write(files: WorkspaceFiles): void {
    for (const [name, content] of Object.entries(files)) {
      const path = this.path(name);
      mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
      if (!name.endsWith('/')) writeFileSync(path, textOf(content));
    }
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  exists(path: string): boolean {
    return existsSync(this.path(path));
  }

  dispose(): void {
    if (open.delete(this.folder)) remove(this.folder);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function textOf(content: string | Uint8Array | object): string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array ? content : `${JSON.stringify(content, undefined, 2)}\n`;
}

/** On Windows, a file that somebody has open for a moment more cannot be removed yet. */
function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
