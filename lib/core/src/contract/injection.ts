import { catalogued } from '../errors/index.js';
import { DescriptionKey, record, recordedOn, refuseStandardDecorator } from './description.js';
import { type Class, type Token } from './token.js';

/** How long an instance lives: as long as its plugin, for one execution, or for one injection. */
export type Scope = 'plugin' | 'execution' | 'transient';

/** What is injected into one constructor parameter. */
export interface InjectionPoint {
  readonly token: Token;
  /** Whether `undefined` is injected when nobody provides the token. */
  readonly optional: boolean;
}

/** How a plugin makes what it injects: a class by itself, or a token and how to make its value. */
export type Provider<Instance = unknown> =
  | Class<Instance>
  | { readonly provide: Token<Instance>; readonly useClass: Class<Instance>; readonly scope?: Scope }
  | { readonly provide: Token<Instance>; readonly useValue: Instance }
  | {
      readonly provide: Token<Instance>;
      /** Called with the values of `inject`, in order. */
      readonly useFactory: (...dependencies: never[]) => Instance;
      readonly inject?: readonly Token[];
      readonly scope?: Scope;
    };

/** Says what to inject into a constructor parameter: `constructor(@Inject(Greeter) private greeter: Greeter)`. */
export function Inject(token: Token, options: { readonly optional?: boolean } = {}): ParameterDecorator {
  return (target, property, index) => {
    refuseStandardDecorator('Inject', property);
    if (property !== undefined || typeof target !== 'function') {
      throw catalogued('DECORATOR_MISPLACED', { decorator: 'Inject', where: 'on anything but a constructor parameter' });
    }
    const points = new Map(recordedOn<ReadonlyMap<number, InjectionPoint>>(target, DescriptionKey.injection));
    points.set(index, { token, optional: options.optional ?? false });
    record(target, DescriptionKey.injection, points);
  };
}

/** Marks a class as injectable by type and says how long its instances live; the default is as long as the plugin. */
export function Injectable(options: { readonly scope?: Scope } = {}): (target: Class) => void {
  return (target: Class, ...rest: unknown[]) => {
    refuseStandardDecorator('Injectable', rest[0]);
    record(target, DescriptionKey.injectable, { scope: options.scope ?? 'plugin' });
  };
}

/** The scope that {@link Injectable} gave `target`, or `plugin`. */
export function scopeOf(target: Class): Scope {
  return recordedOn<{ scope: Scope }>(target, DescriptionKey.injectable)?.scope ?? 'plugin';
}

/**
 * What to inject into the constructor of `target`, parameter by parameter: what `@Inject` says, else the
 * class that the compiler recorded as the parameter's type.
 *
 * @throws `INJECTION_TYPE_ERASED` where the recorded type is no class, `INJECTION_TYPE_UNKNOWN` where none is recorded.
 */
export function injectionPointsOf(target: Class): readonly InjectionPoint[] {
  const owner = constructorOwner(target);
  const explicit = recordedOn<ReadonlyMap<number, InjectionPoint>>(owner, DescriptionKey.injection);
  const emitted = emittedParameterTypes(owner);
  const last = Math.max(owner.length, emitted?.length ?? 0, ...[...(explicit?.keys() ?? [])].map((index) => index + 1));
  return Array.from({ length: last }, (_, index) => explicit?.get(index) ?? pointByType(target, emitted, index));
}

/** Whether `target` may have constructor parameters to inject; cheap, and never wrong when it says no. */
export function takesInjection(target: Class): boolean {
  return target.length > 0 || Object.hasOwn(target, DescriptionKey.injection) || Object.getPrototypeOf(target) !== Function.prototype;
}

function pointByType(target: Class, emitted: readonly unknown[] | undefined, index: number): InjectionPoint {
  if (emitted === undefined) throw catalogued('INJECTION_TYPE_UNKNOWN', { target: target.name, index });
  const type = emitted[index];
  if (typeof type !== 'function' || ERASED.has(type)) {
    const name = typeof type === 'function' ? type.name : 'undefined';
    throw catalogued('INJECTION_TYPE_ERASED', { target: target.name, index, emitted: name });
  }
  return { token: type as Class, optional: false };
}

/** What compilers emit for interfaces, type-only imports, unions and primitives. */
const ERASED: ReadonlySet<unknown> = new Set([Object, Function, String, Number, Boolean, Array, Symbol, BigInt, Promise]);

interface ReflectWithMetadata {
  getOwnMetadata?: (key: string, target: object) => unknown;
}

function emittedParameterTypes(target: Class): readonly unknown[] | undefined {
  const types = (Reflect as ReflectWithMetadata).getOwnMetadata?.('design:paramtypes', target);
  return Array.isArray(types) ? types : undefined;
}

/** The class of the prototype chain whose constructor takes the parameters; a class without one inherits its parent's. */
function constructorOwner(target: Class): Class {
  let owner = target;
  while (owner.length === 0 && !Object.hasOwn(owner, DescriptionKey.injection)) {
    const parent: unknown = Object.getPrototypeOf(owner);
    if (typeof parent !== 'function' || parent === Function.prototype) break;
    owner = parent as Class;
  }
  return owner;
}
