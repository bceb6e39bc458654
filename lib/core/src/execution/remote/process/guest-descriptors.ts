const isWindows = process.platform === 'win32';

/**
 * What each descriptor of a guest's process is for, beside those that all processes have. Windows cannot write to a pipe while
 * somebody waits for what comes through it: there, what the guest's thread waits for is asked through a pipe of its own.
 */
export const GUEST_DESCRIPTORS = { messages: 3, waited: 4, waiting: isWindows ? 5 : 3 } as const;

/** What they are, from 0 on. Standard input is at its end: that of the host is not for plugins. */
export const GUEST_STDIO = ['ignore', 'pipe', 'pipe', ...(isWindows ? (['overlapped', 'pipe', 'pipe'] as const) : (['pipe', 'pipe'] as const))] as const;
