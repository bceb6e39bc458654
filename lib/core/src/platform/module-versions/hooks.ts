import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { createMarker, type VersionedFolder } from './marks.js';

/** What Node's loader of ES modules is told, and tells. */
export interface LoaderHooks {
  /** From now on, these folders are versioned. */
  setFolders(folders: readonly VersionedFolder[]): void;
  /** Hands over the URLs of versioned modules that were loaded since it was last called. */
  takeLoaded(): readonly string[];
}

/**
 * Hooks into the loader: in this thread where Node can do that, else, on Node 20, in its own.
 *
 * @param commonJs - The CommonJS of a replaced version that a URL stands for, where it does: Node knows one of a file only.
 *   Not asked on Node 20.
 */
export function installHooks(commonJs: (url: string) => CommonJs | undefined): LoaderHooks {
  const { registerHooks } = module as typeof module & { readonly registerHooks?: RegisterHooks };
  return registerHooks === undefined ? installInOwnThread() : installInThisThread(registerHooks, commonJs);
}

interface Resolved {
  readonly url: string;
}

interface ResolveContext {
  readonly parentURL?: string;
  readonly conditions?: readonly string[];
}

type Resolve = (specifier: string, context: ResolveContext, next: (specifier: string, context: object) => Resolved) => Resolved;

type Load = (url: string, context: ResolveContext, next: (url: string, context: object) => Loaded) => Loaded;

interface Loaded {
  readonly format?: string | null;
  readonly source?: unknown;
  readonly shortCircuit?: boolean;
}

/** `module.registerHooks`, which Node has from 22.15 on. */
type RegisterHooks = (hooks: { readonly resolve: Resolve; readonly load: Load }) => unknown;

const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

/** A module of CommonJS that is to be imported. */
export interface CommonJs {
  readonly file: string;
  /** What it exports. */
  readonly exports: unknown;
}

function installInThisThread(registerHooks: RegisterHooks, commonJs: (url: string) => CommonJs | undefined): LoaderHooks {
  const mark = createMarker(ignoreCase);
  let folders: readonly VersionedFolder[] = [];
  let loaded = new Set<string>();
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      // What is required has no URL of its own.
      if (context.conditions?.includes('require') === true) return resolved;
      const url = mark(resolved.url, context.parentURL, folders);
      if (url.includes('structum=')) loaded.add(url);
      return url === resolved.url ? resolved : { ...resolved, url };
    },
    load(url, context, next) {
      const loaded = next(url, context);
      const isImported = context.conditions?.includes('require') !== true;
      return isImported && loaded.format === 'commonjs' ? (asModule(commonJs(url)) ?? loaded) : loaded;
    },
  });
  return {
    setFolders: (given) => { folders = given; },
    takeLoaded: () => {
      const taken = [...loaded];
      loaded = new Set();
      return taken;
    },
  };
}

/** An ES module that exports the same; Node takes those that it makes of CommonJS from where the newest version is. */
function asModule(given: CommonJs | undefined): Loaded | undefined {
  if (given === undefined) return undefined;
  const { exports } = given;
  const names = typeof exports === 'object' && exports !== null ? Object.keys(exports).filter((name) => name !== 'default') : [];
  handedOver.push(exports);
  const source = [
    `const exports = globalThis[Symbol.for(${JSON.stringify(HAND_OVER)})][${String(handedOver.length - 1)}];`,
    'export default exports;',
    ...names.map((name, index) => `const name${String(index)} = exports[${JSON.stringify(name)}]; export { name${String(index)} as ${JSON.stringify(name)} };`),
  ].join('\n');
  return { format: 'module', source, shortCircuit: true };
}

const HAND_OVER = 'structum.module-versions.handed-over';
/** Node keeps the modules that get these for ever too. */
const handedOver = ((globalThis as Record<symbol, unknown[] | undefined>)[Symbol.for(HAND_OVER)] ??= []);

function installInOwnThread(): LoaderHooks {
  // Loading it takes a start of Node 2 ms, and most hosts never reload anything.
  const { MessageChannel, receiveMessageOnPort } = process.getBuiltinModule('node:worker_threads');
  const { port1: port, port2: theirs } = new MessageChannel();
  const source = `data:text/javascript,${encodeURIComponent(hooksSource())}`;
  module.register(source, { parentURL: pathToFileURL(process.execPath).href, data: { port: theirs, ignoreCase }, transferList: [theirs] });
  port.unref();
  return {
    setFolders: (folders) => { port.postMessage(folders); },
    takeLoaded: () => [...received(() => receiveMessageOnPort(port))],
  };
}

interface Message {
  readonly message: string;
}

function* received(receive: () => Message | undefined): Generator<string> {
  for (let next = receive(); next !== undefined; next = receive()) yield next.message;
}

/** The module of hooks for the loader's own thread. Messages that were sent before an import are there when it is resolved. */
function hooksSource(): string {
  return `
    import { receiveMessageOnPort } from 'node:worker_threads';
    let port, mark, folders = [];
    export function initialize(data) {
      port = data.port;
      mark = (${createMarker.toString()})(data.ignoreCase);
    }
    export async function resolve(specifier, context, next) {
      const resolved = await next(specifier, context);
      for (let sent = receiveMessageOnPort(port); sent !== undefined; sent = receiveMessageOnPort(port)) folders = sent.message;
      const url = mark(resolved.url, context.parentURL, folders);
      if (url.includes('structum=')) port.postMessage(url);
      return { ...resolved, url };
    }
  `;
}
