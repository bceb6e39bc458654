import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { ExecResult } from '../../contract/index.js';
import { killProcessGroup } from '../../platform/process-group.js';
import { spawnAlone } from '../../platform/spawn-alone.js';
import { UsageWatch, type UsageLimits } from '../../platform/usage-watch.js';
import { withHanded } from '../../security/sandbox/index.js';
import type { Confined } from './broker.js';
import { Exceeded } from './exceeded.js';
import { TooLarge } from './too-large.js';

/** How a program runs. */
export interface ProgramOptions {
  readonly cwd: string;
  readonly input: string | Uint8Array | undefined;
  readonly maxBytes: number;
  /** What it and all that it starts may have together. */
  readonly limits: UsageLimits;
  readonly signal: AbortSignal;
}

/**
 * How a program ended that ran by itself: with no shell, no input of the host, and in a group of its own. All of that is gone
 * when this is settled.
 * @throws TooLarge, Exceeded, what `spawn()` throws, and something when the signal is aborted
 */
export async function runToEnd(confined: Confined, options: ProgramOptions): Promise<ExecResult> {
  const { program, args, env, stdio, confiners = 0 } = confined;
  const { cwd, input, signal, limits } = options;
  const isGroup = process.platform !== 'win32';
  try {
    signal.throwIfAborted();
    const own = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] as const;
    const child = spawnAlone(program, args, { cwd, env, detached: isGroup, windowsHide: true, shell: false, stdio: withHanded(own, stdio) });
    // Who reads no further than it has to is not to blame.
    child.stdin?.once('error', () => undefined).end(input);
    const result = await ended(child, { ...options, limits: { ...limits, processes: limits.processes === undefined ? undefined : limits.processes + confiners } });
    const { code, signal: endedBy } = confined.endOf?.(result.exitCode, result.signal) ?? { code: result.exitCode, signal: result.signal };
    return { ...result, exitCode: code, signal: endedBy };
  } finally {
    confined.release();
  }
}

function ended(child: ChildProcess, { maxBytes, limits, signal }: ProgramOptions): Promise<ExecResult & { readonly signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    let room = maxBytes;
    const end = (error: Error): void => {
      killProcessGroup(child);
      // Whoever left the group may hold them open.
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      watch.stop();
      signal.removeEventListener('abort', abort);
      reject(error);
    };
    const watch = new UsageWatch(limits, (limit) => { end(new Exceeded(limit)); });
    watch.start(child.pid);
    const abort = (): void => { end(new Error('it was ended')); };
    const collected = (stream: Readable | null): Buffer[] => {
      const chunks: Buffer[] = [];
      stream?.on('data', (chunk: Buffer) => {
        room -= chunk.byteLength;
        if (room < 0) end(new TooLarge());
        else chunks.push(chunk);
      });
      return chunks;
    };
    const [stdout, stderr] = [collected(child.stdout), collected(child.stderr)];
    signal.addEventListener('abort', abort, { once: true });
    child.once('error', end);
    // What it started and left behind ends with it.
    child.once('exit', () => { killProcessGroup(child); });
    child.once('close', (exitCode, killedBy) => {
      watch.stop();
      signal.removeEventListener('abort', abort);
      resolve({ exitCode, signal: killedBy, stdout: bytesOf(stdout), stderr: bytesOf(stderr) });
    });
  });
}

function bytesOf(chunks: readonly Buffer[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}
