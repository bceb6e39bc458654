import { AsyncLocalStorage, createHook } from 'node:async_hooks';

/** Something that was started and has not ended. */
export interface LiveResource {
  /** What it is, in plain words: `a timer`. */
  readonly what: string;
  /** Where it was started, as a line of a stack. */
  readonly where: string;
}

/** What is waited for until it ends, by Node's names. Of the other kinds Node does not say when they end, or they end by themselves. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['Timeout', 'a timer'],
  ['TCPSERVERWRAP', 'a server'],
  ['PIPESERVERWRAP', 'a server on a pipe'],
  ['TCPWRAP', 'a socket'],
  ['PIPEWRAP', 'a pipe'],
  ['UDPWRAP', 'a socket'],
  ['PROCESSWRAP', 'a child process'],
  ['FSEVENTWRAP', 'a watcher of files'],
  ['STATWATCHER', 'a watcher of a file'],
  ['SIGNALWRAP', 'a listener to a signal'],
  ['WORKER', 'a worker'],
  ['MESSAGEPORT', 'a message port'],
]);

/** These count also where they do not keep the process alive. */
const ALWAYS: ReadonlySet<string> = new Set(['TCPSERVERWRAP', 'PIPESERVERWRAP', 'PROCESSWRAP', 'FSEVENTWRAP', 'STATWATCHER', 'WORKER']);

interface Started {
  readonly owner: ResourceTracker;
  readonly type: string;
  readonly resource: { hasRef?: () => boolean };
  readonly trace: { readonly stack?: string };
}

interface Listening {
  readonly event: string | symbol;
  readonly listener: (...args: unknown[]) => unknown;
  readonly trace: { readonly stack?: string };
}

/**
 * Knows what was started by some work and has not ended: timers, servers, sockets, child processes, watchers, workers, and
 * listeners of the process. What others start meanwhile does not count: each knows its own by the asynchronous context.
 */
export class ResourceTracker {
  readonly #listening: Listening[] = [];

  constructor() {
    observe();
  }

  /** Does some work; what it starts, also later, is this tracker's. */
  run<Value>(work: () => Value): Value {
    return context.run(this, work);
  }

  /** What has not ended. */
  get live(): readonly LiveResource[] {
    const started = [...alive.values()].filter((entry) => entry.owner === this && counts(entry));
    const listening = this.#listening.filter(({ event, listener }) => process.listeners(event as NodeJS.Signals).includes(listener));
    return [
      ...started.map(({ type, trace }) => ({ what: KINDS.get(type) ?? type, where: originOf(trace) })),
      ...listening.map(({ event, trace }) => ({ what: `a listener of process for "${String(event)}"`, where: originOf(trace) })),
    ];
  }

  /** Somebody listens to the process from now on. */
  listens(listening: Listening): void {
    this.#listening.push(listening);
  }
}

/** The tracker of each test host. */
export const trackers = new WeakMap<object, ResourceTracker>();

const context = new AsyncLocalStorage<ResourceTracker>();
const alive = new Map<number, Started>();
let isObserving = false;

function observe(): void {
  if (isObserving) return;
  isObserving = true;
  // Node opens these when they are first looked at, and for good.
  for (const stream of ['stdout', 'stderr'] as const) Reflect.get(process, stream);
  // Newer Nodes spare promises that nobody looks at.
  const hooks = { init, destroy, trackPromises: false };
  createHook(hooks).enable();
  process.on('newListener', noteListener);
}

function init(id: number, type: string, _trigger: number, resource: object): void {
  if (!KINDS.has(type)) return;
  const owner = context.getStore();
  if (owner !== undefined) alive.set(id, { owner, type, resource, trace: traceAbove(init) });
}

function destroy(id: number): void {
  alive.delete(id);
}

function noteListener(event: string | symbol, listener: (...args: unknown[]) => unknown): void {
  context.getStore()?.listens({ event, listener, trace: traceAbove(noteListener) });
}

/** Where `callee` was called; made text only when somebody asks. */
function traceAbove(callee: (...args: never[]) => unknown): { readonly stack?: string } {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 30;
  const trace = {};
  Error.captureStackTrace(trace, callee);
  Error.stackTraceLimit = limit;
  return trace;
}

/** A timer that Node itself keeps for later, and an idle socket of its pool, are no plugin's fault. */
function counts({ type, resource, trace }: Started): boolean {
  if (ALWAYS.has(type) || resource.hasRef?.() !== false) return true;
  return type === 'Timeout' && !isNodesOwn(framesOf(trace).find((frame) => !/node:(?:internal\/(?:async_hooks|timers)|timers)/.test(frame)));
}

function isNodesOwn(frame: string | undefined): boolean {
  return frame === undefined || frame.includes('node:');
}

/** The first place that is not within Node. */
function originOf(trace: { readonly stack?: string }): string {
  return framesOf(trace).find((frame) => !isNodesOwn(frame)) ?? 'a place within Node';
}

/** Those that are a place: what the engine itself calls has none, like the function that is given to `reduce`. */
function framesOf({ stack = '' }: { readonly stack?: string }): readonly string[] {
  return stack.split('\n').slice(1).map((line) => line.trim().replace(/^at /, '')).filter((frame) => /:\d+:\d+\)?$/.test(frame));
}
