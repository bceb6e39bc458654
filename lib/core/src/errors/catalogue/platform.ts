import { entry } from './entry.js';

/** What the machine is asked for. */
export const platformErrors = {
  LOCK_TIMEOUT: entry<{ lock: string; limit: number; pid?: number; host?: string }>({
    message: ({ lock, limit, pid, host }) =>
      `The lock ${lock} was not free within ${String(limit)} ms${pid === undefined || host === undefined ? '' : `: process ${String(pid)} on ${host} holds it`}.`,
    hint: () => 'Try again; if that process does something else by now, remove the lock.',
  }),
} as const;
