import type { HealthReport, HealthStatus } from '../contract/index.js';
import { messageOf } from '../errors/index.js';
import type { Redactor } from '../monitoring/index.js';
import { unlessAborted } from '../platform/index.js';
import { inPhase } from './blame.js';
import { deepFreeze } from './deep-freeze.js';
import type { PluginUnit } from './plugin-unit.js';

/** What a health check needs from its host. */
export interface HealthCheckOptions {
  /** Milliseconds. */
  readonly limit: number;
  readonly redactor: Redactor;
}

const STATUSES: ReadonlySet<unknown> = new Set<HealthStatus>(['OK', 'DEGRADED', 'DOWN', 'UNKNOWN']);

/**
 * How the plugin of `unit` is; its record keeps the answer. It is not taken up for that: one that failed is `DOWN`, one
 * that nobody needed yet is `UNKNOWN`, and one that is up and has no check is `OK`. A check that throws, takes longer
 * than `limit`, or answers something else than a report, means `DOWN`.
 */
export async function checkHealth(unit: PluginUnit, { limit, redactor }: HealthCheckOptions): Promise<HealthReport> {
  const { status, ...told } = await reportOf(unit, limit);
  unit.health = deepFreeze({ status, ...redactor.redactValue(told) });
  return unit.health;
}

async function reportOf(unit: PluginUnit, limit: number): Promise<HealthReport> {
  const { name, state, reason, instance, lifetime } = unit;
  if (state === 'failed' || state === 'rejected') return { status: 'DOWN', ...(reason === undefined ? {} : { reason: reason.message }) };
  if (state !== 'active' || instance === undefined) return { status: 'UNKNOWN', reason: `It is ${state}, not up.` };
  if (instance.checkHealth === undefined) return { status: 'OK' };
  try {
    return asReport(await inPhase(name, 'health', limit, () => unlessAborted(lifetime, Promise.resolve(instance.checkHealth?.()))));
  } catch (error) {
    if (unit.isClosing) return { status: 'UNKNOWN', reason: 'It is going down.' };
    return { status: 'DOWN', reason: messageOf(error) };
  }
}

/** Plain JavaScript may answer anything. */
function asReport(answer: unknown): HealthReport {
  const { status, reason, details } = (typeof answer === 'object' && answer !== null ? answer : {}) as Partial<Record<keyof HealthReport, unknown>>;
  if (!STATUSES.has(status)) return { status: 'DOWN', reason: `Its health check answered no status: ${String(status)}.` };
  return {
    status: status as HealthStatus,
    ...(typeof reason === 'string' ? { reason } : {}),
    ...(typeof details === 'object' && details !== null ? { details: structuredClone(details) as Readonly<Record<string, unknown>> } : {}),
  };
}
