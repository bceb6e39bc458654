import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { foldersFrom } from '../folders.js';
import { installCommonJs, putBack, requireSuperseded, takeOut } from './commonjs.js';
import { installHooks, type CommonJs, type LoaderHooks } from './hooks.js';
import { FIRST } from './marks.js';
import { countFrom, countLoaded, countReplaced, countVersion, takeCount } from './retained-modules.js';

/**
 * The code of a folder, loaded anew beside what is loaded of it already: its ES modules and CommonJS modules, in any
 * mixture. What is in a `node_modules` folder within it, or elsewhere, is shared by all versions.
 *
 * A version is what is imported through it, and whatever that imports later. A file that a replaced version had not
 * loaded before is loaded as it is on disk by then. Before Node 22.15, what an ES module imports that CommonJS requires is
 * not loaded anew, and CommonJS that an ES module of a replaced version imports may be that of the newest. Addons
 * (`.node`) never are.
 */
export class ModuleVersion {
  readonly #folder: Folder;
  readonly #number: number;
  #before: Before | undefined;

  /** From now on, `folder` is loaded anew. Synchronous: open it right before {@link import}. */
  constructor(folder: string) {
    const root = realpathSync(folder);
    this.#folder = folders.get(root) ?? new Folder(root);
    folders.set(root, this.#folder);
    this.#number = nextNumber();
    this.#before = { number: this.#folder.current, loaded: takeOut(this.#folder.covers, this.#folder.current) };
    this.#folder.current = this.#number;
    countVersion(this.#number);
    tellHooks();
  }

  /** Imports a module of this version. Throws what importing throws. */
  async import(file: string): Promise<unknown> {
    const path = realpathSync(file);
    try {
      // An ES module around it would be kept for ever.
      if (formatOf(path) === 'commonjs') return createRequire(path)(path) as unknown;
      return (await import(`${pathToFileURL(path).href}?structum=${String(this.#number)}`)) as unknown;
    } finally {
      takeCount();
    }
  }

  /** Goes back to the version before it, as if this one had never been; what another one has replaced stays so. */
  abandon(): void {
    const folder = this.#folder;
    if (this.#before !== undefined && folder.current === this.#number) {
      putBack(this.#before.loaded, folder.covers, this.#number);
      folder.current = this.#before.number;
      tellHooks();
    }
    this.#before = undefined;
    takeCount();
    countReplaced(this.#number);
  }

  /** The version before it is not gone back to any more: what can be freed of it is. */
  settle(): void {
    if (this.#before === undefined) return;
    takeCount();
    countReplaced(this.#before.number);
    this.#before = undefined;
  }
}

interface Before {
  readonly number: number;
  readonly loaded: Map<string, NodeJS.Module>;
}

class Folder {
  readonly url: string;
  /** Not one of those that are versioned: the first. */
  current = FIRST;
  readonly #prefix: string;

  constructor(path: string) {
    this.#prefix = withSlash(path);
    this.url = withSlash(pathToFileURL(path).href, '/');
  }

  /** Whether a file is loaded anew with each version. */
  readonly covers = (file: string): boolean => {
    if (!startsWith(file, this.#prefix) || file.endsWith('.node') || startsWith(file, ownFolder)) return false;
    return !file.slice(this.#prefix.length).split(sep).includes('node_modules');
  };
}

const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

/** This library must not be loaded twice, also where a plugin's folder holds it. */
const ownFolder = withSlash(dirname(fileURLToPath(import.meta.url)));

/** Of all hosts in this process: what is loaded belongs to none of them. */
const folders = new Map<string, Folder>();
let hooks: LoaderHooks | undefined;

function tellHooks(): void {
  if (hooks === undefined) {
    const installed = installHooks(supersededCommonJs);
    hooks = installed;
    countFrom(() => installed.takeLoaded());
    installCommonJs({ versionOf, onModule: countLoaded });
  }
  // A folder within another one comes first.
  const versioned = [...folders.values()].filter(({ current }) => current !== FIRST);
  hooks.setFolders(versioned.sort((a, b) => b.url.length - a.url.length).map(({ url, current }) => ({ url, current })));
}

function versionOf(file: string): { readonly number: number; readonly covers: (file: string) => boolean } | undefined {
  const versioned = [...folders.values()].filter(({ current, covers }) => current !== FIRST && covers(file));
  const [nearest] = versioned.sort((a, b) => b.url.length - a.url.length);
  return nearest === undefined ? undefined : { number: nearest.current, covers: nearest.covers };
}

/** The CommonJS that `url` means to a replaced version. */
function supersededCommonJs(url: string): CommonJs | undefined {
  if (!url.startsWith('file:')) return undefined;
  const file = fileURLToPath(url);
  const loaded = versionOf(file);
  const number = Number(/[?&]structum=(\d+)$/.exec(url)?.[1] ?? FIRST);
  return loaded === undefined || loaded.number === number ? undefined : { file, exports: requireSuperseded(file, number, loaded.covers) };
}

/** How Node reads a file; undefined where it looks into it to know. */
function formatOf(file: string): 'module' | 'commonjs' | undefined {
  if (/\.m[jt]s$/.test(file)) return 'module';
  if (/\.c[jt]s$/.test(file)) return 'commonjs';
  for (const folder of foldersFrom(dirname(file))) {
    try {
      const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly type?: unknown };
      return type === 'module' || type === 'commonjs' ? type : undefined;
    } catch {
      if (folder.endsWith('node_modules')) return undefined;
    }
  }
  return undefined;
}

/** Never the same twice, also where a process holds several copies of this library. */
function nextNumber(): number {
  const shared = globalThis as { [COUNTER]?: number };
  shared[COUNTER] = (shared[COUNTER] ?? FIRST) + 1;
  return shared[COUNTER];
}

const COUNTER = Symbol.for('structum.module-versions');

function withSlash(path: string, slash = sep): string {
  return path.endsWith(slash) ? path : `${path}${slash}`;
}

function startsWith(path: string, prefix: string): boolean {
  return ignoreCase ? path.toLowerCase().startsWith(prefix.toLowerCase()) : path.startsWith(prefix);
}
