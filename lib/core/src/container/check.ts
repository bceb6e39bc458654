import { injectionPointsOf, isServiceToken, nameOfToken, type Class, type Provider, type Token } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { normalizeProvider, type NormalProvider } from './container.js';

/** What a plugin injects and how it makes it, for {@link checkInjection}. */
export interface InjectionPlan {
  readonly plugin: string;
  readonly providers: readonly Provider[];
  /** The plugin's class and its command classes. */
  readonly consumers: readonly Class[];
  /** Throws when the plugin may not use the service. */
  readonly checkService: (serviceId: string, wantedBy: string) => void;
}

/**
 * Checks a plugin's injection without making anything.
 *
 * @throws `INJECTION_TYPE_ERASED`, `INJECTION_TYPE_UNKNOWN`, `PROVIDER_UNKNOWN`, `INJECTION_CYCLE`, `INJECTION_SCOPE`,
 *   or what `checkService` throws.
 */
export function checkInjection(plan: InjectionPlan): void {
  const providers = new Map<Token, NormalProvider>();
  for (const provider of plan.providers.map(normalizeProvider)) providers.set(identity(provider.token), provider);
  const finished = new Set<Token>();

  const visit = (provider: NormalProvider, chain: readonly Token[]): void => {
    const token = identity(provider.token);
    if (chain.includes(token)) {
      throw catalogued('INJECTION_CYCLE', { chain: [...chain.slice(chain.indexOf(token)), token].map(nameOfToken) });
    }
    if (finished.has(token)) return;
    for (const point of provider.points) {
      const dependency = need(point.token, point.optional, nameOfToken(provider.token));
      if (dependency === undefined) continue;
      if (provider.scope === 'plugin' && dependency.scope === 'execution') {
        throw catalogued('INJECTION_SCOPE', { holder: nameOfToken(provider.token), held: nameOfToken(dependency.token) });
      }
      visit(dependency, [...chain, token]);
    }
    finished.add(token);
  };

  const need = (token: Token, optional: boolean, wantedBy: string): NormalProvider | undefined => {
    const provider = providers.get(identity(token));
    if (provider !== undefined || optional) return provider;
    if (isServiceToken(token)) {
      plan.checkService(token.id, `${wantedBy} of plugin "${plan.plugin}"`);
      return undefined;
    }
    throw catalogued('PROVIDER_UNKNOWN', { token: nameOfToken(token), wantedBy: `${wantedBy} of plugin "${plan.plugin}"` });
  };

  for (const provider of providers.values()) visit(provider, []);
  for (const consumer of plan.consumers) {
    for (const point of injectionPointsOf(consumer)) need(point.token, point.optional, consumer.name);
  }
}

/** A token as a key: services are told apart by their ids. */
function identity(token: Token): Token {
  return isServiceToken(token) ? `service:${token.id}` : token;
}
