import { fstatSync, writeSync } from 'node:fs';

/** What a file descriptor leads to. */
export type DescriptorKind = 'terminal' | 'file' | 'pipe' | 'closed';

/** What a file descriptor leads to, without the cost of making a stream of it. */
export function kindOf(descriptor: number): DescriptorKind {
  try {
    // Not as plain numbers: realpathSync() of Node 20 and 22 looks at those that the last call left, and after a pipe's
    // it gives up on links. A plugin that reaches the core through a link would then load it a second time.
    const stats = fstatSync(descriptor, { bigint: true });
    if (stats.isCharacterDevice()) return isTerminal(descriptor) ? 'terminal' : 'file';
    return stats.isFile() ? 'file' : 'pipe';
  } catch {
    return 'closed';
  }
}

/** Whether the reader of a pipe has gone: nothing that is written can arrive any more. */
export function isClosedPipe(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  // Windows reports a closed pipe as EOF, and a closed descriptor is EBADF everywhere.
  return code === 'EPIPE' || code === 'EOF' || code === 'EBADF' || code === 'ERR_STREAM_DESTROYED';
}

/**
 * Writes all of `text` before it returns.
 * @throws what the system says, among it `EPIPE` when the reader has gone.
 */
export function writeFully(descriptor: number, text: string | Uint8Array): void {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (!isBusy(error)) throw error;
      pause(RETRY_MS);
    }
  }
}

/** Whether a descriptor that does not block is full for now. */
export function isBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}

const RETRY_MS = 2;

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** `node:tty` takes milliseconds to load, and only character devices need it. */
function isTerminal(descriptor: number): boolean {
  return process.getBuiltinModule('node:tty').isatty(descriptor);
}
