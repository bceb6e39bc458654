import { catalogued } from '../errors/index.js';

/** The format of what the decorators record; a host reads its own format and older ones. */
const DESCRIPTION_VERSION = 1;

/** The keys that descriptions live under, shared by every copy of the core in a process. */
export const DescriptionKey = {
  plugin: Symbol.for('structum.plugin'),
  command: Symbol.for('structum.command'),
  input: Symbol.for('structum.input'),
  settings: Symbol.for('structum.settings'),
  injection: Symbol.for('structum.injection'),
  injectable: Symbol.for('structum.injectable'),
} as const;

/** A copy of `@structum/core` in this process. */
export interface CoreCopy {
  readonly version: string;
  /** The file that this copy was loaded from. */
  readonly path: string;
}

/** Something recorded on a class, and by which copy of the core. */
interface Recorded {
  readonly version: number;
  readonly core: CoreCopy;
  readonly value: unknown;
}

declare const __STRUCTUM_VERSION__: string | undefined;

/** This copy of the core. */
export const thisCore: CoreCopy = Object.freeze({
  version: typeof __STRUCTUM_VERSION__ === 'string' ? __STRUCTUM_VERSION__ : '2.0.0',
  path: typeof __filename === 'string' ? __filename : import.meta.url,
});

/** Records `value` on `target` itself; what a parent class carries is left alone. */
export function record(target: object, key: symbol, value: unknown): void {
  const recorded: Recorded = { version: DESCRIPTION_VERSION, core: thisCore, value };
  Object.defineProperty(target, key, { value: recorded, configurable: true });
}

/** What was recorded on `target` itself, or `undefined`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- only the caller knows what was recorded under the key
export function recordedOn<Value>(target: object, key: symbol): Value | undefined {
  return readRecord(target, key)?.value as Value | undefined;
}

/** Which copy of the core recorded something on `target`, or `undefined` where nothing was. */
export function recordedBy(target: object, key: symbol): CoreCopy | undefined {
  return readRecord(target, key)?.core;
}

function readRecord(target: object, key: symbol): Recorded | undefined {
  if (!Object.hasOwn(target, key)) return undefined;
  const found = (target as Record<symbol, Recorded | undefined>)[key];
  if (found !== undefined && found.version > DESCRIPTION_VERSION) {
    const subject = typeof target === 'function' ? target.name : 'A description';
    throw catalogued('DESCRIPTION_UNSUPPORTED', { subject, version: found.version, supported: DESCRIPTION_VERSION });
  }
  return found;
}

/** Refuses a call by the TC39 decorator protocol, whose second argument is a context object with a `kind`. */
export function refuseStandardDecorator(decorator: string, second: unknown): void {
  if (typeof second === 'object' && second !== null && 'kind' in second) {
    throw catalogued('DECORATORS_STANDARD', { decorator });
  }
}
