import type { DependencyContainer, InjectionToken } from 'tsyringe';
import {
  injectionPointsOf, nameOfToken, scopeOf,
  type Class, type InjectionPoint, type Provider, type Scope, type ServiceToken, type Token,
} from '../contract/index.js';
import { catalogued } from '../errors/index.js';

/** A provider in its long form. */
export interface NormalProvider {
  readonly token: Token;
  readonly scope: Scope;
  /** What its value is made from. */
  readonly points: readonly InjectionPoint[];
  readonly make: (dependencies: readonly unknown[]) => unknown;
}

/** Brings a provider into its long form. */
export function normalizeProvider(provider: Provider): NormalProvider {
  if (typeof provider === 'function') return classProvider(provider, provider, scopeOf(provider));
  if ('useClass' in provider) return classProvider(provider.provide, provider.useClass, provider.scope ?? scopeOf(provider.useClass));
  if ('useValue' in provider) return { token: provider.provide, scope: 'plugin', points: [], make: () => provider.useValue };
  const { provide, useFactory, inject = [], scope = 'plugin' } = provider;
  return {
    token: provide,
    scope,
    points: inject.map((token) => ({ token, optional: false })),
    make: (dependencies) => (useFactory as (...dependencies: readonly unknown[]) => unknown)(...dependencies),
  };
}

function classProvider(token: Token, type: Class, scope: Scope): NormalProvider {
  return { token, scope, points: injectionPointsOf(type), make: (dependencies) => new type(...dependencies) };
}

/**
 * Makes and keeps instances: our own scopes, order of disposal and messages over the registrations of tsyringe.
 *
 * Instances belong to the container that made them. {@link dispose} ends them, last made first.
 */
export class Container {
  readonly #registrations: DependencyContainer;
  readonly #owner: string;
  readonly #executionProviders: NormalProvider[] = [];
  readonly #made: unknown[] = [];
  /** The tokens being resolved right now, outermost first: shared down the tree to see circles. */
  readonly #chain: Token[];

  private constructor(registrations: DependencyContainer, owner: string, chain: Token[]) {
    this.#registrations = registrations;
    this.#owner = owner;
    this.#chain = chain;
  }

  /** A container without a parent. tsyringe is imported by the first one. */
  static async open(owner: string): Promise<Container> {
    const { container } = await import('tsyringe');
    return new Container(container.createChildContainer(), owner, []);
  }

  /** Registers how to make the value of a token; a second registration of a token takes its place. */
  provide(provider: Provider): void {
    const normal = normalizeProvider(provider);
    if (normal.scope === 'execution') this.#executionProviders.push(normal);
    else this.#register(normal);
  }

  /** Registers a value that is looked up anew each time and never disposed here: a service of somebody else's. */
  provideLookup(token: Token, lookup: () => unknown): void {
    this.#registrations.register(keyOf(token), { useFactory: lookup });
  }

  /** A container for one execution: with its own instances of what lives that long. */
  forExecution(): Container {
    const child = new Container(this.#registrations.createChildContainer(), this.#owner, this.#chain);
    for (const provider of this.#executionProviders) child.#register(provider);
    return child;
  }

  /**
   * The value of `token`.
   * @param wantedBy - Who asks, for the message.
   * @throws `PROVIDER_UNKNOWN`, `INJECTION_CYCLE`, or what the provider throws.
   */
  resolve(token: Token, wantedBy: string): unknown {
    const key = keyOf(token);
    if (!this.#registrations.isRegistered(key, true)) {
      throw catalogued('PROVIDER_UNKNOWN', { token: nameOfToken(token), wantedBy });
    }
    return this.#registrations.resolve(key);
  }

  /** Makes an instance of `type` with its constructor parameters injected; the caller owns it. */
  construct<Instance>(type: Class<Instance>): Instance {
    return new type(...this.#dependencies(injectionPointsOf(type), type.name));
  }

  /** Ends all that was made here, last made first. Errors are gathered; the rest is ended all the same. */
  async dispose(): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (let instance = this.#made.pop(); instance !== undefined; instance = this.#made.pop()) {
      try {
        await endOf(instance)?.();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#registrations.clearInstances();
    return errors;
  }

  #register(provider: NormalProvider): void {
    let memo: { value: unknown } | undefined;
    this.#registrations.register(keyOf(provider.token), {
      useFactory: () => {
        if (memo !== undefined) return memo.value;
        const value = this.#make(provider);
        if (provider.scope !== 'transient') {
          memo = { value };
          this.#made.push(value);
        }
        return value;
      },
    });
  }

  #make(provider: NormalProvider): unknown {
    if (this.#chain.includes(provider.token)) {
      const circle = [...this.#chain.slice(this.#chain.indexOf(provider.token)), provider.token];
      throw catalogued('INJECTION_CYCLE', { chain: circle.map(nameOfToken) });
    }
    this.#chain.push(provider.token);
    try {
      return provider.make(this.#dependencies(provider.points, nameOfToken(provider.token)));
    } finally {
      this.#chain.pop();
    }
  }

  #dependencies(points: readonly InjectionPoint[], wantedBy: string): unknown[] {
    return points.map(({ token, optional }) => {
      if (optional && !this.#registrations.isRegistered(keyOf(token), true)) return undefined;
      return this.resolve(token, `${wantedBy} of plugin "${this.#owner}"`);
    });
  }
}

/** Services are told apart by id, so that two copies of one token mean the same. */
function keyOf(token: Token): InjectionToken {
  return typeof token === 'object' ? serviceKey(token) : token;
}

function serviceKey(token: ServiceToken<unknown>): symbol {
  return Symbol.for(`structum.service:${token.id}`);
}

/** How an instance is ended, if it can be. */
function endOf(instance: unknown): (() => unknown) | undefined {
  if (typeof instance !== 'object' || instance === null) return undefined;
  const candidate = instance as Partial<Disposable & AsyncDisposable>;
  return candidate[Symbol.asyncDispose]?.bind(candidate) ?? candidate[Symbol.dispose]?.bind(candidate);
}
