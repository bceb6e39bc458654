import { readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMarker, type VersionedFolder } from './marks.js';

/** What Node's loader of ES modules is told, and tells. */
export interface LoaderHooks {
  /** From now on, these folders are versioned. */
  setFolders(folders: readonly VersionedFolder[]): void;
  /** Hands over the URLs of versioned modules that were loaded since it was last called. */
  takeLoaded(): readonly string[];
}

/** Hooks into the loader: in this thread where Node can do that, else, on Node 20, in its own. */
export function installHooks(): LoaderHooks {
  const { registerHooks } = module as typeof module & { readonly registerHooks?: RegisterHooks };
  return registerHooks === undefined ? installInOwnThread() : installInThisThread(registerHooks);
}

interface Resolved {
  readonly url: string;
}

interface ResolveContext {
  readonly parentURL?: string;
  readonly conditions?: readonly string[];
}

type Resolve = (specifier: string, context: ResolveContext, next: (specifier: string, context: object) => Resolved) => Resolved;

/** `module.registerHooks`, which Node has from 22.15 on. */
type RegisterHooks = (hooks: { readonly resolve: Resolve }) => unknown;

const ignoreCase = process.platform === 'win32' || process.platform === 'darwin';

function installInThisThread(registerHooks: RegisterHooks): LoaderHooks {
  const mark = createMarker({ toPath: fileURLToPath, read: (file) => readFileSync(file, 'utf8'), ignoreCase });
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
    import { readFileSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    import { receiveMessageOnPort } from 'node:worker_threads';
    let port, mark, folders = [];
    export function initialize(data) {
      port = data.port;
      mark = (${createMarker.toString()})({ toPath: fileURLToPath, read: (file) => readFileSync(file, 'utf8'), ignoreCase: data.ignoreCase });
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
