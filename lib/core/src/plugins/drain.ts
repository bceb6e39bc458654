import { unlessAborted, within } from '../platform/index.js';
import type { UnitExecution } from './plugin-unit.js';

/** How long those that are drained get. */
export interface DrainOptions {
  /** Milliseconds for them to end by themselves; may be infinite. */
  readonly patience: number;
  /** Milliseconds for them to heed that they were cancelled. */
  readonly grace: number;
  /** Ends the patience. */
  readonly hurry?: AbortSignal;
}

/**
 * Waits until none of `running` is left; those that do not end by themselves are cancelled. What does not heed that is
 * left behind: it cannot be ended from here.
 */
export async function drain(running: ReadonlySet<UnitExecution>, reason: string, { patience, grace, hurry }: DrainOptions): Promise<void> {
  if (await isEmptyWithin(running, patience, hurry)) return;
  for (const execution of running) execution.cancel(reason);
  await isEmptyWithin(running, grace);
}

async function isEmptyWithin(running: ReadonlySet<UnitExecution>, limit: number, hurry?: AbortSignal): Promise<boolean> {
  if (running.size === 0) return true;
  const emptied = (): Promise<void> => (hurry === undefined ? untilEmpty(running) : unlessAborted(hurry, untilEmpty(running)));
  try {
    await within(limit, emptied, () => new Error('overdue'));
    return true;
  } catch {
    return false;
  }
}

/** Those that come while others are waited for are waited for too. */
async function untilEmpty(running: ReadonlySet<UnitExecution>): Promise<void> {
  while (running.size > 0) await Promise.allSettled([...running].map(({ settled }) => settled));
}
