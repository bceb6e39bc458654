import {
  injectionPointsOf, isServiceToken, nameOfToken,
  type Class, type InjectionPoint, type Provider, type Scope, type ServiceToken,
} from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { keyOf, normalizeProvider, type NormalProvider } from './provider.js';

/** What a plugin injects and how it makes it, for {@link checkInjection}. */
export interface InjectionPlan {
  readonly plugin: string;
  readonly providers: readonly Provider[];
  /** The plugin's own class: it lives as long as the plugin. */
  readonly type: Class;
  /** Its command classes: each instance lives for one execution. */
  readonly commands: readonly Class[];
  /** Throws when the plugin may not use the service; that nobody offers it is no error when it is optional. */
  readonly checkService: (service: ServiceToken<unknown>, wantedBy: string, optional: boolean) => void;
}

/**
 * Checks a plugin's injection without making anything.
 *
 * @throws `INJECTION_TYPE_ERASED`, `INJECTION_TYPE_UNKNOWN`, `PROVIDER_UNKNOWN`, `INJECTION_CYCLE`, `INJECTION_SCOPE`,
 *   or what `checkService` throws.
 */
export function checkInjection(plan: InjectionPlan): void {
  new InjectionCheck(plan).run();
}

/** How long something lives: a transient lives as long as what it is injected into. */
type Lifetime = Exclude<Scope, 'transient'>;

/** What decides how long the things live that are made for it. */
interface Holder {
  readonly name: string;
  readonly lifetime: Lifetime;
}

class InjectionCheck {
  readonly #plan: InjectionPlan;
  readonly #providers: ReadonlyMap<unknown, NormalProvider>;
  /** The providers that are in order, by the lifetime of what they were made for. */
  readonly #inOrder: Readonly<Record<Lifetime, Set<NormalProvider>>> = { plugin: new Set(), execution: new Set() };

  constructor(plan: InjectionPlan) {
    this.#plan = plan;
    this.#providers = new Map(plan.providers.map(normalizeProvider).map((provider) => [keyOf(provider.token), provider]));
  }

  run(): void {
    const { type, commands } = this.#plan;
    // A transient that nobody asks for may inject anything.
    for (const provider of this.#providers.values()) this.#checkProvider(provider, { name: 'nobody', lifetime: 'execution' }, []);
    this.#checkPoints(injectionPointsOf(type), { name: type.name, lifetime: 'plugin' }, []);
    for (const command of commands) this.#checkPoints(injectionPointsOf(command), { name: command.name, lifetime: 'execution' }, []);
  }

  /** @param chain - The providers that lead here, outermost first. */
  #checkPoints(points: readonly InjectionPoint[], holder: Holder, chain: readonly NormalProvider[]): void {
    const innermost = chain.at(-1);
    const wantedBy = `${innermost === undefined ? holder.name : nameOf(innermost)} of plugin "${this.#plan.plugin}"`;
    for (const point of points) {
      const provider = this.#providerFor(point, wantedBy);
      if (provider !== undefined) this.#checkProvider(provider, holder, chain);
    }
  }

  #checkProvider(provider: NormalProvider, holder: Holder, chain: readonly NormalProvider[]): void {
    if (chain.includes(provider)) {
      throw catalogued('INJECTION_CYCLE', { chain: [...chain.slice(chain.indexOf(provider)), provider].map(nameOf) });
    }
    if (holder.lifetime === 'plugin' && provider.scope === 'execution') {
      const through = chain.slice(chain.findLastIndex(({ scope }) => scope !== 'transient') + 1).map(nameOf);
      throw catalogued('INJECTION_SCOPE', { holder: holder.name, held: nameOf(provider), through });
    }
    const inner = provider.scope === 'transient' ? holder : { name: nameOf(provider), lifetime: provider.scope };
    const inOrder = this.#inOrder[inner.lifetime];
    if (inOrder.has(provider)) return;
    this.#checkPoints(provider.points, inner, [...chain, provider]);
    inOrder.add(provider);
  }

  /** The plugin's own provider; what others offer is checked, and has none here. */
  #providerFor({ token, optional }: InjectionPoint, wantedBy: string): NormalProvider | undefined {
    const provider = this.#providers.get(keyOf(token));
    if (provider !== undefined) return provider;
    if (isServiceToken(token)) this.#plan.checkService(token, wantedBy, optional);
    else if (!optional) throw catalogued('PROVIDER_UNKNOWN', { token: nameOfToken(token), wantedBy });
    return undefined;
  }
}

function nameOf({ token }: NormalProvider): string {
  return nameOfToken(token);
}
