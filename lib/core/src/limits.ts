import { catalogued } from './errors/index.js';
import type { PhaseLimits } from './options.js';

/** All limits of a host. */
export type ResolvedLimits = Required<PhaseLimits>;

const DEFAULTS: ResolvedLimits = { load: 10_000, activate: 10_000, deactivate: 5_000, drain: 5_000, health: 5_000, secret: 30_000, retained: 256 * 1024 * 1024 };

/**
 * The limits that hold where a host is given these. One that is `undefined` is as good as left out.
 *
 * @throws `LIMIT_INVALID`
 */
export function limitsOf(given: PhaseLimits | undefined): ResolvedLimits {
  if (given === undefined) return DEFAULTS;
  if (!isObject(given)) throw catalogued('LIMIT_INVALID', { limit: 'limits', problem: `must be an object, and is ${shown(given)}`, known: Object.keys(DEFAULTS) });
  const limits = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of limits) {
    const problem = problemWith(name, value);
    if (problem !== undefined) throw catalogued('LIMIT_INVALID', { limit: `limits.${name}`, problem, known: Object.keys(DEFAULTS) });
  }
  return { ...DEFAULTS, ...Object.fromEntries(limits) };
}

function problemWith(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(DEFAULTS, name)) return 'is not known';
  // Infinity is no limit.
  if (typeof value === 'number' && value >= 0) return undefined;
  return `must be a number of ${name === 'retained' ? 'bytes' : 'milliseconds'} from 0 on, or Infinity, and is ${shown(value)}`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'number' || value === null || typeof value === 'boolean' ? String(value) : `of type ${Array.isArray(value) ? 'array' : typeof value}`;
}
