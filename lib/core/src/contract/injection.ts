import { catalogued, kindOf } from '../errors/index.js';
import { DescriptionKey, record, recordedOn, refuseStandardDecorator } from './description.js';
import { hasOwnConstructor } from './own-constructor.js';
import { isToken, type Class, type Token } from './token.js';

/**
 * How long an instance lives, and who shares it: `plugin` is one for the plugin; `execution`, one for each execution of a
 * command; `transient`, one for each injection, which lives as long as what it is injected into.
 *
 * When its time is over, an instance with `Symbol.asyncDispose` or `Symbol.dispose` is disposed, after what was made later.
 * A transient service that another plugin injects ends with the plugin that provides it.
 */
export type Scope = 'plugin' | 'execution' | 'transient';

/** What is injected into one constructor parameter. */
export interface InjectionPoint {
  readonly token: Token;
  /**
   * Whether `undefined` is injected when nobody provides the token: no plugin, or one that is not active. A plugin whose
   * services are used so belongs in `optional` of the plugin's description; one that comes to the host when the
   * injecting plugin is already active is used after that was taken up anew.
   */
  readonly optional: boolean;
}

/**
 * How a plugin makes what it injects: a class by itself, or a token and how to make its value.
 *
 * What is made here is disposed when its {@link Scope} ends. The value of `useValue` is not: it was made elsewhere, and
 * several hosts may share it. Neither is what a factory was injected and only hands on.
 */
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

/**
 * Says what to inject into a constructor parameter: `constructor(@Inject(Greeter) private greeter: Greeter)`.
 *
 * @throws `REFERENCE_INVALID` where `token` is none: two modules that import each other see `undefined`.
 */
export function Inject(token: Token, options: { readonly optional?: boolean } = {}): ParameterDecorator {
  return (target, property, index) => {
    refuseStandardDecorator('Inject', property);
    if (property !== undefined || typeof target !== 'function') {
      throw catalogued('DECORATOR_MISPLACED', { decorator: 'Inject', where: 'on anything but a constructor parameter' });
    }
    if (!isToken(token)) {
      const subject = `What @Inject names for parameter ${String(index + 1)} of the constructor of ${target.name}`;
      throw catalogued('REFERENCE_INVALID', { subject, found: kindOf(token) });
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
 * class that the compiler recorded as the parameter's type. A parameter with a default keeps that, and what stands
 * behind it is not required either, unless `@Inject` says so.
 *
 * @throws `INJECTION_TYPE_ERASED` where the recorded type is no class, `INJECTION_TYPE_UNKNOWN` where none is recorded.
 */
export function injectionPointsOf(target: Class): readonly InjectionPoint[] {
  const owner = constructorOwner(target);
  const explicit = recordedOn<ReadonlyMap<number, InjectionPoint>>(owner, DescriptionKey.injection);
  const emitted = emittedParameterTypes(owner);
  const last = Math.max(owner.length, ...[...(explicit?.keys() ?? [])].map((index) => index + 1));
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

/** The class of the prototype chain whose constructor says what it takes. */
function constructorOwner(target: Class): Class {
  let owner = target;
  while (owner.length === 0 && !Object.hasOwn(owner, DescriptionKey.injection)) {
    const parent: unknown = Object.getPrototypeOf(owner);
    // A compiler records parameter types, be there none, for a class that has a constructor.
    if (typeof parent !== 'function' || parent === Function.prototype || emittedParameterTypes(owner) !== undefined || hasOwnConstructor(owner)) break;
    owner = parent as Class;
  }
  return owner;
}
