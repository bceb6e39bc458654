import { within } from '../platform/index.js';
import type { UnitExecution } from './plugin-unit.js';

/**
 * Waits until none of `running` is left: `patience` milliseconds for them to end by themselves, then they are
 * cancelled, and `grace` milliseconds for them to heed that. What does not is left behind: it cannot be ended from here.
 */
export async function drain(running: ReadonlySet<UnitExecution>, reason: string, patience: number, grace: number): Promise<void> {
  if (await isEmptyWithin(running, patience)) return;
  for (const execution of running) execution.cancel(reason);
  await isEmptyWithin(running, grace);
}

async function isEmptyWithin(running: ReadonlySet<UnitExecution>, limit: number): Promise<boolean> {
  const overdue = new Error('overdue');
  try {
    await within(limit, () => untilEmpty(running), () => overdue);
    return true;
  } catch {
    return false;
  }
}

/** Those that come while others are waited for are waited for too. */
async function untilEmpty(running: ReadonlySet<UnitExecution>): Promise<void> {
  while (running.size > 0) await Promise.allSettled([...running].map(({ settled }) => settled));
}
