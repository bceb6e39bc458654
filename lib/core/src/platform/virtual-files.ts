import { isWithin } from './real-path.js';

/** Whether the kernel makes it up: there is nothing to grant in it that would not be of others too. */
export function isVirtual(path: string): boolean {
  return VIRTUAL.some((folder) => isWithin(path, folder));
}

const VIRTUAL = ['/proc', '/sys', '/dev'];
