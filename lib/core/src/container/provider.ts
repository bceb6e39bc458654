import { injectionPointsOf, isServiceToken, scopeOf, type Class, type InjectionPoint, type Provider, type Scope, type Token } from '../contract/index.js';

/** A provider in its long form. */
export interface NormalProvider {
  readonly token: Token;
  readonly scope: Scope;
  /** What its value is made from. */
  readonly points: readonly InjectionPoint[];
  readonly make: (dependencies: readonly unknown[]) => unknown;
  /** Whether its value is made here, and so ends here. */
  readonly isMaker: boolean;
}

/** Brings a provider into its long form. */
export function normalizeProvider(provider: Provider): NormalProvider {
  if (typeof provider === 'function') return classProvider(provider, provider, scopeOf(provider));
  if ('useClass' in provider) return classProvider(provider.provide, provider.useClass, provider.scope ?? scopeOf(provider.useClass));
  if ('useValue' in provider) return { token: provider.provide, scope: 'plugin', points: [], make: () => provider.useValue, isMaker: false };
  const { provide, useFactory, inject = [], scope = 'plugin' } = provider;
  return {
    token: provide,
    scope,
    points: inject.map((token) => ({ token, optional: false })),
    make: (dependencies) => (useFactory as (...dependencies: readonly unknown[]) => unknown)(...dependencies),
    isMaker: true,
  };
}

/** A token as a key: services are told apart by id, so that two copies of one token mean the same. */
export function keyOf(token: Token): Class | string | symbol {
  return isServiceToken(token) ? Symbol.for(`structum.service:${token.id}`) : token;
}

function classProvider(token: Token, type: Class, scope: Scope): NormalProvider {
  return { token, scope, points: injectionPointsOf(type), make: (dependencies) => new type(...dependencies), isMaker: true };
}
