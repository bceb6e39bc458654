import type { DependencyContainer } from 'tsyringe';
import { injectionPointsOf, isServiceToken, nameOfToken, type Class, type InjectionPoint, type Provider, type ServiceToken, type Token } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { within } from '../platform/index.js';
import { keyOf, normalizeProvider, type NormalProvider } from './provider.js';

/** Offers what is made elsewhere: services of the host and of other plugins. They are looked up anew each time, and never ended here. */
export interface ServiceSource {
  has(service: ServiceToken<unknown>): boolean;
  /** @throws why the service cannot be had. */
  get(service: ServiceToken<unknown>, wantedBy: string): unknown;
}

/**
 * Makes and keeps instances: our own scopes, order of disposal and messages over the registrations of tsyringe.
 *
 * What a container made belongs to it, transients included. {@link dispose} ends all of that, last made first.
 */
export class Container {
  readonly #registrations: DependencyContainer;
  readonly #plugin: string;
  readonly #services: ServiceSource;
  readonly #parent: Container | undefined;
  /** The providers whose values executions do not share. */
  readonly #unshared: readonly NormalProvider[];
  /** What can be ended and the names of its tokens, in the order in which it was made. */
  readonly #made = new Map<AnyDisposable, string>();
  /** The providers at work right now, outermost first. */
  readonly #chain: NormalProvider[];
  #isDisposed = false;

  private constructor(registrations: DependencyContainer, plugin: string, services: ServiceSource, unshared: readonly NormalProvider[], parent?: Container) {
    this.#registrations = registrations;
    this.#plugin = plugin;
    this.#services = services;
    this.#unshared = unshared;
    this.#parent = parent;
    // A circle may run through both containers.
    this.#chain = parent === undefined ? [] : parent.#chain;
  }

  /**
   * A plugin's container. tsyringe is imported by the first one.
   *
   * @param plugin - The plugin's name, for messages.
   * @param providers - The last one of a token counts.
   */
  static async open(plugin: string, providers: readonly Provider[], services: ServiceSource): Promise<Container> {
    const { container } = await import('tsyringe');
    // tsyringe does not export the class, and a child of its global container would know what others register there.
    const Detached = container.constructor as new () => DependencyContainer;
    const effective = [...new Map(providers.map(normalizeProvider).map((provider) => [keyOf(provider.token), provider])).values()];
    const opened = new Container(new Detached(), plugin, services, effective.filter(({ scope }) => scope !== 'plugin'));
    for (const provider of effective) if (provider.scope !== 'execution') opened.#register(provider);
    return opened;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** A container for one execution: with its own instances of what lives that long, and its own transients. */
  forExecution(): Container {
    this.#refuseWhenDisposed();
    const child = new Container(this.#registrations.createChildContainer(), this.#plugin, this.#services, [], this);
    for (const provider of this.#unshared) child.#register(provider);
    return child;
  }

  /**
   * The value of `token`.
   *
   * @param wantedBy - Who asks, for the message.
   * @throws `PROVIDER_UNKNOWN`, `INJECTION_CYCLE`, `DISPOSED`, what the provider throws, or why a service cannot be had.
   */
  resolve(token: Token, wantedBy: string): unknown {
    this.#refuseWhenDisposed();
    const key = keyOf(token);
    if (this.#registrations.isRegistered(key, true)) return this.#registrations.resolve(key);
    if (isServiceToken(token)) return this.#services.get(token, wantedBy);
    throw catalogued('PROVIDER_UNKNOWN', { token: nameOfToken(token), wantedBy });
  }

  /**
   * Makes an instance of `type` with its constructor parameters injected; the caller owns it.
   *
   * @throws what {@link resolve} and the constructor throw.
   */
  construct<Instance>(type: Class<Instance>): Instance {
    return new type(...this.#dependencies(injectionPointsOf(type), type.name));
  }

  /**
   * Ends all that was made here, last made first, one after the other. Nothing more is made here from now on.
   *
   * @param limit - Milliseconds for each.
   * @returns what went wrong; the rest is ended all the same.
   */
  async dispose(limit: number): Promise<readonly unknown[]> {
    this.#isDisposed = true;
    const made = [...this.#made].reverse();
    this.#made.clear();
    const errors: unknown[] = [];
    for (const [instance, subject] of made) {
      const overdue = (): Error => catalogued('DISPOSAL_TIMEOUT', { subject, plugin: this.#plugin, limit });
      try {
        await within(limit, () => end(instance), overdue);
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }

  #register(provider: NormalProvider): void {
    let memo: { readonly value: unknown } | undefined;
    this.#registrations.register(keyOf(provider.token), {
      useFactory: () => {
        this.#refuseWhenDisposed();
        if (memo !== undefined) return memo.value;
        const value = this.#make(provider);
        if (provider.scope !== 'transient') memo = { value };
        return value;
      },
    });
  }

  #make(provider: NormalProvider): unknown {
    if (this.#chain.includes(provider)) {
      const circle = [...this.#chain.slice(this.#chain.indexOf(provider)), provider];
      throw catalogued('INJECTION_CYCLE', { chain: circle.map(({ token }) => nameOfToken(token)) });
    }
    this.#chain.push(provider);
    try {
      const name = nameOfToken(provider.token);
      const dependencies = this.#dependencies(provider.points, name);
      const value = provider.make(dependencies);
      // What a factory only hands on belongs to whoever made it.
      if (provider.isMaker && !dependencies.includes(value)) this.#keep(value, name);
      return value;
    } finally {
      this.#chain.pop();
    }
  }

  #keep(value: unknown, name: string): void {
    if (isDisposable(value) && !this.#owns(value)) this.#made.set(value, name);
  }

  #owns(value: AnyDisposable): boolean {
    return this.#made.has(value) || (this.#parent !== undefined && this.#parent.#owns(value));
  }

  #dependencies(points: readonly InjectionPoint[], wantedBy: string): unknown[] {
    return points.map(({ token, optional }) => (optional && !this.#has(token) ? undefined : this.resolve(token, `${wantedBy} of plugin "${this.#plugin}"`)));
  }

  #has(token: Token): boolean {
    return this.#registrations.isRegistered(keyOf(token), true) || (isServiceToken(token) && this.#services.has(token));
  }

  #refuseWhenDisposed(): void {
    if (this.#isDisposed) throw catalogued('DISPOSED', { subject: `What plugin "${this.#plugin}" injects` });
  }
}

type AnyDisposable = Partial<Disposable & AsyncDisposable>;

function isDisposable(value: unknown): value is AnyDisposable {
  return typeof value === 'object' && value !== null && (Symbol.asyncDispose in value || Symbol.dispose in value);
}

function end(instance: AnyDisposable): void | PromiseLike<void> {
  const dispose = instance[Symbol.asyncDispose] ?? instance[Symbol.dispose];
  return dispose?.call(instance);
}
