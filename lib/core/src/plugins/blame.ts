import { catalogued, isCatalogued, messageOf, remedyIn, StructumError } from '../errors/index.js';
import { unlessAborted, within, type WithinOptions } from '../platform/index.js';
import type { PluginUnit } from './plugin-unit.js';
import { isRefusal } from './reason.js';

/** The parts of a plugin's life whose time is limited. */
export type Phase = 'load' | 'activate' | 'configure' | 'deactivate' | 'health';

/**
 * What `work`, all of it the plugin's own, gives in time.
 *
 * @param when - When the time counts: others may be to blame before, and nobody after.
 * @throws `PLUGIN_PHASE_TIMEOUT`, or what `work` throws.
 */
export function inPhase<Value>(plugin: string, phase: Phase, limit: number, work: () => Value | PromiseLike<Value>, when?: WithinOptions): Promise<Value> {
  return within(limit, work, () => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin, phase, limit }), when);
}

/**
 * What a plugin does on its way up; where it is told to go down meanwhile, it has `limit` milliseconds to heed that.
 *
 * @throws `DISPOSED` where it does not, or what `work` throws.
 */
export async function unlessLeft<Value>(unit: PluginUnit, limit: number, work: Promise<Value>): Promise<Value> {
  try {
    return await unlessAborted(unit.lifetime, work);
  } catch (error) {
    if (!unit.isClosing) throw error;
    return within(limit, () => work, () => goingDown(unit));
  }
}

/** Why nothing can be done with a unit that was told to go down. */
export function goingDown({ name }: PluginUnit): StructumError {
  return catalogued('DISPOSED', { subject: `Plugin "${name}"` });
}

/** Why `unit` cannot come up where it was judged unfit. That it is not wanted says so itself. */
export function rejection(unit: PluginUnit, reason: StructumError): StructumError {
  if (isRefusal(reason)) return reason;
  return catalogued('PLUGIN_REJECTED', { plugin: unit.name, reason: reason.message, ...(reason.hint === undefined ? {} : { remedy: reason.hint }) }, reason);
}

/** Why `unit` could not come up, after what its own code threw. */
export function ownFailure(unit: PluginUnit, error: unknown): StructumError {
  if (isCatalogued(error)) return error;
  return catalogued('PLUGIN_ACTIVATE_FAILED', { plugin: unit.name, reason: messageOf(error), ...remedyIn(error) }, error);
}

/** Why `unit` could not come up, after a plugin that it requires could not: the one at the end of the chain is to blame. */
export function requirementFailure(unit: PluginUnit, requirement: PluginUnit, error: unknown): unknown {
  // Whoever was told to go down, or waits for one that was, is not to blame.
  if (isDisposed(error)) return error;
  const requires = readable([requirement.name, ...requirementsIn(error)]);
  const root = rootOf(error);
  return catalogued('PLUGIN_ACTIVATE_FAILED', { plugin: unit.name, reason: messageOf(root), requires }, requires.includes(LEFT_OUT) ? root : error);
}

/** Whether somebody was told to go down, rather than failed. */
function isDisposed(error: unknown): boolean {
  return StructumError.is(error) && error.code === 'DISPOSED';
}

/** The chain of requirements that led to the failure. */
function requirementsIn(error: unknown): readonly string[] {
  const requires = StructumError.is(error) && error.code === 'PLUGIN_ACTIVATE_FAILED' ? error.details?.['requires'] : undefined;
  return Array.isArray(requires) ? (requires as readonly string[]) : [];
}

const LEFT_OUT = '…';
const LONGEST_CHAIN = 16;

/** Chains may be as long as there are plugins: what they begin and end with is what one needs. */
function readable(chain: readonly string[]): readonly string[] {
  if (chain.length <= LONGEST_CHAIN && !chain.includes(LEFT_OUT)) return chain;
  const named = chain.filter((name) => name !== LEFT_OUT);
  return [...named.slice(0, LONGEST_CHAIN / 2), LEFT_OUT, ...named.slice(1 - LONGEST_CHAIN / 2)];
}

function rootOf(error: unknown): unknown {
  return StructumError.is(error) && requirementsIn(error).length > 0 ? rootOf(error.cause) : error;
}
