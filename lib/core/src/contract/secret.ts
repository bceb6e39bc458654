import { catalogued } from '../errors/index.js';
import { defineService, type ServiceToken } from './token.js';

/** A secret, and for how long it may be kept. */
export interface ResolvedSecret {
  readonly value: string;
  /** Milliseconds; that of the provider when left out. */
  readonly lifetime?: number;
}

/** Resolves references with a scheme of its own: `${vault:team/database}`. */
export interface SecretProvider {
  /** Milliseconds for which a value may be kept: 0 is not at all, `Infinity` as long as the host; 300,000 when left out. */
  readonly lifetime?: number;
  /**
   * @param reference - What stands behind the scheme: `team/database`.
   * @param options.signal - Aborted when nobody waits for it any more.
   */
  resolve(reference: string, options: { readonly signal: AbortSignal }): string | ResolvedSecret | Promise<string | ResolvedSecret>;
}

/** What is in front of the scheme in the id of a provider's service. */
export const SECRET_SERVICES = 'structum.secrets.';

/** Schemes that no plugin or host can take. */
export const BUILT_IN_SCHEMES: readonly string[] = ['env', 'file', 'exec', 'keyring'];

/**
 * The service by which a plugin resolves references: one that `provides: [defineSecretProvider('vault')]` is taken up when
 * the first `${vault:…}` is needed.
 *
 * @throws `SECRET_SCHEME_INVALID` for a scheme that every host knows, and for what can be none.
 */
export function defineSecretProvider(scheme: string): ServiceToken<SecretProvider> {
  checkScheme(scheme);
  return defineService<SecretProvider>(SECRET_SERVICES + scheme);
}

/** @throws `SECRET_SCHEME_INVALID` */
export function checkScheme(scheme: string): void {
  if (BUILT_IN_SCHEMES.includes(scheme)) throw catalogued('SECRET_SCHEME_INVALID', { scheme, isBuiltIn: true });
  if (!isScheme(scheme)) throw catalogued('SECRET_SCHEME_INVALID', { scheme, isBuiltIn: false });
}

/** Whether `scheme` can be one: it begins with a letter, and has none in upper case. */
export function isScheme(scheme: string): boolean {
  return /^[a-z][a-z0-9_-]*$/.test(scheme);
}
