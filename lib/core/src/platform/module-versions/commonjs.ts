import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The CommonJS modules of one version, by file. */
type Loaded = Map<string, NodeJS.Module>;

/** Files, by path. */
type Covers = (file: string) => boolean;

/** What of Node's `Module` has no types. */
interface Internals {
  readonly _pathCache?: Record<string, string>;
  readonly prototype: { require: (this: object, id: string) => unknown };
}

interface CompilingModule {
  _compile(source: string, file: string, format: 'module'): void;
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing that is to come in its place is in Node 20
const { cache, extensions } = createRequire(import.meta.url);
/** The version that a module belongs to, once that is no longer the one that is loaded. */
const superseded = new WeakMap<object, { readonly loaded: Loaded; readonly covers: Covers }>();

/** Takes the modules of the files out of `require()`: from now on they are loaded anew, while theirs find each other. */
export function takeOut(covers: Covers): Loaded {
  const loaded = remove(covers);
  for (const module of loaded.values()) {
    superseded.set(module, { loaded, covers });
    disown(module);
  }
  return loaded;
}

/** Puts modules that were taken out back in the place of those that are there now. */
export function putBack(loaded: Loaded, covers: Covers): void {
  takeOut(covers);
  for (const module of loaded.values()) superseded.delete(module);
  insert(loaded);
}

/**
 * Lets modules of superseded versions require those of their own, and ES modules be required as those of the version
 * that `versionOf` tells for a file; `onModule` gets what tells these apart.
 */
export function installCommonJs(
  versionOf: (file: string) => number | undefined,
  isModule: (file: string) => boolean,
  onModule: (url: string) => void,
): void {
  const { prototype } = Module as unknown as Internals;
  const require = prototype.require;
  prototype.require = function requireOwn(id) {
    const version = superseded.get(this);
    return version === undefined ? require.call(this, id) : withVersion(version, () => require.call(this, id));
  };
  for (const extension of ['.js', '.mjs']) {
    const load = extensions[extension];
    extensions[extension] = (module, file) => {
      const version = versionOf(file);
      // A name of its own makes Node load it anew; without a version, and for CommonJS, all is as ever.
      if (version === undefined || !isModule(file)) {
        load?.(module, file);
        return;
      }
      const name = `${file}?structum=${String(version)}`;
      onModule(pathToFileURL(name).href);
      (module as unknown as CompilingModule)._compile(readFileSync(file, 'utf8'), name, 'module');
    };
  }
}

/** Runs `work` with a superseded version in the place of the one that is loaded, and keeps what it loaded with its own. */
function withVersion<Value>({ loaded, covers }: { readonly loaded: Loaded; readonly covers: Covers }, work: () => Value): Value {
  const current = remove(covers);
  insert(loaded);
  try {
    return work();
  } finally {
    for (const [file, module] of remove(covers)) {
      loaded.set(file, module);
      superseded.set(module, { loaded, covers });
    }
    insert(current);
  }
}

function remove(covers: Covers): Loaded {
  const loaded: Loaded = new Map();
  for (const [file, module] of Object.entries(cache)) {
    if (module === undefined || !covers(file)) continue;
    loaded.set(file, module);
    Reflect.deleteProperty(cache, file);
  }
  forgetPaths(covers);
  return loaded;
}

function insert(loaded: Loaded): void {
  for (const [file, module] of loaded) cache[file] = module;
}

/** What a name like `./lib` meant: the file may be another one now. */
function forgetPaths(covers: Covers): void {
  const { _pathCache: paths } = Module as unknown as Internals;
  for (const [request, file] of Object.entries(paths ?? {})) if (covers(file)) Reflect.deleteProperty(paths ?? {}, request);
}

/** Whoever required it first would keep it for ever. */
function disown(module: NodeJS.Module): void {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way from a module to those that list it
  const siblings = module.parent?.children;
  const index = siblings?.indexOf(module) ?? -1;
  if (index !== -1) siblings?.splice(index, 1);
}
