import { optionRules, type OptionRules } from './contract/index.js';
import type { PhaseLimits } from './options.js';

/** All limits of a host. */
export type ResolvedLimits = Required<PhaseLimits>;

const DEFAULTS: ResolvedLimits = { load: 10_000, activate: 10_000, configure: 5_000, deactivate: 5_000, drain: 5_000, health: 5_000, secret: 30_000, retained: 256 * 1024 * 1024 };

/** The limits that hold where a host is given these. One that is `undefined` is as good as left out. */
export function limitsOf(given: PhaseLimits = {}): ResolvedLimits {
  return { ...DEFAULTS, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

const time = optionRules.limitOf('milliseconds');

export const LIMIT_RULES: OptionRules<PhaseLimits> = { load: time, activate: time, configure: time, deactivate: time, drain: time, health: time, secret: time, retained: optionRules.limitOf('bytes') };
