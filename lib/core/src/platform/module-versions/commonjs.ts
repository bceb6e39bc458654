import Module, { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { FIRST } from './marks.js';
import { hasModules } from './retained-modules.js';

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
  _compile: (this: object, source: string, file: string, format?: string) => unknown;
}

/** What tells versions apart. */
export interface VersionsOfFiles {
  /** The version of a file that is loaded, and of which files else. */
  readonly versionOf: (file: string) => Pick<Superseded, 'number' | 'covers'> | undefined;
  /** Gets what tells ES modules apart that are required. */
  readonly onModule: (url: string) => void;
}

/** A version that is no longer the one that is loaded. */
interface Superseded {
  readonly number: number;
  readonly loaded: Loaded;
  readonly covers: Covers;
}

// eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing that is to come in its place is in Node 20
const { cache, extensions } = createRequire(import.meta.url);
/** The version that a module belongs to, once that is no longer the one that is loaded. */
const superseded = new WeakMap<object, Superseded>();
/** The same by what they cover and by number, as long as anything of them is there; what ES modules import is for ever. */
const byFolder = new WeakMap<Covers, Map<number, WeakRef<Superseded>>>();
const kept = new Set<Superseded>();
/** The one that stands in for the version that is loaded, while one of its modules requires another. */
let standingIn: Superseded | undefined;

/** Takes the modules of the files, which are of version `number`, out of `require()`: from now on they are loaded anew, while theirs find each other. */
export function takeOut(covers: Covers, number: number): Loaded {
  const loaded = remove(covers);
  const version = supersededVersion(number, covers);
  if (hasModules(number)) kept.add(version);
  for (const [file, module] of loaded) {
    version.loaded.set(file, module);
    superseded.set(module, version);
    disown(module);
  }
  return version.loaded;
}

/** Puts modules that were taken out back in the place of those that are there now. */
export function putBack(loaded: Loaded, covers: Covers, number: number): void {
  takeOut(covers, number);
  for (const module of loaded.values()) superseded.delete(module);
  insert(loaded);
}

/** Lets modules of superseded versions find those of their own, and tells all by the version that they are of: what they import is of that too. */
export function installCommonJs({ versionOf, onModule }: VersionsOfFiles): void {
  const internals = Module as unknown as Internals;
  const { require } = internals.prototype;
  internals.prototype.require = function requireOwn(id) {
    const version = superseded.get(this);
    return version === undefined ? require.call(this, id) : withVersion(version, () => require.call(this, id));
  };
  for (const extension of Object.keys(extensions).filter((each) => each !== '.json' && each !== '.node')) {
    const compile = extensions[extension];
    extensions[extension] = (module, file) => {
      const version = standingIn?.covers(file) === true ? standingIn : versionOf(file);
      if (version !== undefined && version.number !== FIRST) markWhenCompiled(module, version.number, onModule);
      compile?.(module, file);
    };
  }
}

/** What the module in `file` exports in a superseded version; it is loaded if need be. */
export function requireSuperseded(file: string, number: number, covers: Covers): unknown {
  return withVersion(supersededVersion(number, covers), () => createRequire(file)(file) as unknown);
}

function supersededVersion(number: number, covers: Covers): Superseded {
  const versions = byFolder.get(covers) ?? new Map<number, WeakRef<Superseded>>();
  byFolder.set(covers, versions);
  const known = versions.get(number)?.deref();
  if (known !== undefined) return known;
  const version = { number, covers, loaded: new Map<string, NodeJS.Module>() };
  versions.set(number, new WeakRef(version));
  return version;
}

/** A name of its own makes Node load an ES module anew, and is what CommonJS imports from. */
function markWhenCompiled(module: NodeJS.Module, version: number, onModule: (url: string) => void): void {
  const compiling = module as unknown as CompilingModule;
  const compile = compiling._compile;
  compiling._compile = (source, file, format) => {
    Reflect.deleteProperty(compiling, '_compile');
    const name = `${file}?structum=${String(version)}`;
    const isModule = format === 'module' || (format === undefined && LOOKS_LIKE_MODULE.test(source));
    if (isModule) onModule(pathToFileURL(name).href);
    return compile.call(module, isModule ? source : withOwnName(source), name, format);
  };
}

/** Where nothing says how a file is written, Node looks into it. */
const LOOKS_LIKE_MODULE = /^\s*(?:import|export)\b/m;

/** What CommonJS knows as its name must not have the mark. Within the first line, for lines are what errors name. */
function withOwnName(source: string): string {
  const [start] = BEFORE_CODE.exec(source) ?? [''];
  return `${start}__filename=module.filename;${source.slice(start.length)}`;
}

/** Directives count at the very start only; before them there may be comments, and what makes a file a program. */
const BEFORE_CODE = /^(?:#!.*)?(?:(?:\s|\/\/.*|\/\*[^]*?\*\/)*(?:'use [a-z]+'|"use [a-z]+")\s*;?)?/;

/** Runs `work` with a superseded version in the place of the one that is loaded, and keeps what it loaded with its own. */
function withVersion<Value>(version: Superseded, work: () => Value): Value {
  const { loaded, covers } = version;
  const current = remove(covers);
  const before = standingIn;
  standingIn = version;
  insert(loaded);
  try {
    return work();
  } finally {
    for (const [file, module] of remove(covers)) {
      loaded.set(file, module);
      superseded.set(module, version);
    }
    standingIn = before;
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
