import { catalogued } from '../errors/index.js';
import { isServiceId } from './names.js';

const SERVICE = Symbol.for('structum.service');

/** A class that can be constructed with anything. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a constructor takes is unknown here, and `unknown` would refuse every class
export type Class<Instance = unknown> = new (...args: any[]) => Instance;

/** Names a service that plugins offer each other, by a string that every copy of the core understands. */
export interface ServiceToken<Service> {
  readonly id: string;
  /** Whether it may be called across processes: methods return promises of structured-clone data. */
  readonly remote: boolean;
  /** Only for the type checker: never present. */
  readonly __service?: Service;
}

/** What `@Inject` accepts: a class, a service token, or a plugin's own string or symbol. */
export type Token<Instance = unknown> = Class<Instance> | ServiceToken<Instance> | string | symbol;

/** What a service has to be that may be called across processes: methods that return promises, and nothing else. */
export type RemoteService<Service> = { readonly [Method in keyof Service]: (...args: never[]) => Promise<unknown> };

/**
 * Declares a service: `export const TreeService = defineService<TreeService>('structum.tree')`. With `{ remote: true }` it may
 * be called across processes: what its methods are given, and what their promises give, is structured-clone data.
 *
 * Two declarations with one id name the same service.
 * @throws `SERVICE_ID_INVALID` where `id` is not words separated by dots.
 */
export function defineService<Service>(id: string, options?: { readonly remote?: false }): ServiceToken<Service>;
export function defineService<Service extends RemoteService<Service>>(id: string, options: { readonly remote: true }): ServiceToken<Service>;
export function defineService(id: string, options: { readonly remote?: boolean } = {}): ServiceToken<unknown> {
  if (!isServiceId(id)) throw catalogued('SERVICE_ID_INVALID', { id });
  return Object.freeze({ id, remote: options.remote ?? false, [SERVICE]: true });
}

/** Whether `value` was made by {@link defineService}, in any copy of the core. */
export function isServiceToken(value: unknown): value is ServiceToken<unknown> {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[SERVICE] === true;
}

/** Whether `value` can name something to inject. */
export function isToken(value: unknown): value is Token {
  return typeof value === 'function' || typeof value === 'string' || typeof value === 'symbol' || isServiceToken(value);
}

/** A token as messages name it. */
export function nameOfToken(token: Token): string {
  if (typeof token === 'function') return token.name;
  if (typeof token === 'object') return token.id;
  return String(token);
}
