import type { EffectiveLimits, ExecutionLimits } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';

/** Who took more than it may. */
export interface LimitedWork {
  readonly plugin: string;
  /** What ran: a command, by the path that it has in the host, or a program. */
  readonly command: string;
  readonly limits: { readonly [Name in keyof EffectiveLimits]?: EffectiveLimits[Name] | undefined };
}

/** `LIMIT_EXCEEDED`, which says how much is allowed and where that is set. */
export function limitExceeded(limit: keyof ExecutionLimits, { plugin, command, limits }: LimitedWork, cause?: unknown): StructumError {
  const { [limit]: allowed, keys: { [limit]: key } = {} } = limits;
  return catalogued('LIMIT_EXCEEDED', { plugin, command, limit, ...(allowed === undefined ? {} : { allowed }), ...(key === undefined ? {} : { key }) }, cause);
}
