const isWindows = process.platform === 'win32';

/**
 * What each descriptor of a guest's process is for. Windows cannot write to a pipe while somebody waits for what comes
 * through it: there, what the guest's thread waits for is asked through a pipe of its own.
 */
export const GUEST_DESCRIPTORS = { waited: 0, messages: 3, waiting: isWindows ? 4 : 3 } as const;
