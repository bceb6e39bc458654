import type { ChildProcess } from 'node:child_process';
import type { Duplex, Readable, Writable } from 'node:stream';
import { keepInspectorShut } from '../../../platform/index.js';
import { spawnAlone } from '../../../platform/spawn-alone.js';
import { UsageWatch } from '../../../platform/usage-watch.js';
import { withHanded, type Launch, type ProcessEnd } from '../../../security/sandbox/index.js';
import type { GuestEnd, GuestRunner, StartGuest } from '../guest-session.js';
import { frameChannel } from './frame-channel.js';
import { GUEST_DESCRIPTORS, GUEST_STDIO } from './guest-descriptors.js';
import { ProcessOutput } from './process-output.js';

/** How much a guest may send. */
export interface ProcessGuestLimits {
  /** Bytes of one message. */
  readonly message: number;
  /** Bytes that it writes past its host, for one call. */
  readonly output: number;
  /** Bytes beyond what Node itself takes; without a limit when left out. */
  readonly memory?: number | undefined;
}

/** Bytes that Node itself takes, with what it runs a plugin with: more than it does on any system. */
const NODE_ITSELF = 96 * 1024 * 1024;

/** Runs a guest in a process of its own, which ends with the host. */
export function processGuest(launch: Launch, { message, output: most, memory }: ProcessGuestLimits): StartGuest {
  return (listener): GuestRunner => {
    const child = start(launch);
    const stdio: readonly (Readable | Writable | null | undefined)[] = child.stdio;
    const pipes = [stdio[GUEST_DESCRIPTORS.messages], stdio[GUEST_DESCRIPTORS.waiting]] as const;
    const channel = frameChannel({
      messages: pipes[0] as Duplex,
      waited: stdio[GUEST_DESCRIPTORS.waited] as Writable,
      waiting: pipes[1] === pipes[0] ? undefined : (pipes[1] as Readable),
    }, message, {
      ...listener,
      // What is confined ends a moment after it is told to: by then it may not answer any more.
      receive: (received, bytes) => { if (exceeded === undefined) listener.receive(received, bytes); },
    });
    let exceeded: GuestEnd['limit'];
    const exceed = (limit: GuestEnd['limit']): void => {
      exceeded = limit;
      killGroup(child);
    };
    const output = new ProcessOutput(child, { most, hasLastWords: true, onExceeded: () => { exceed('output'); } });
    const isWatched = memory !== undefined && !launch.controls.some(({ control, by }) => control === 'memory' && by === 'kernel');
    const watch = new UsageWatch({ memory: isWatched ? memory + NODE_ITSELF : undefined }, () => { exceed('memory'); });
    watch.start(child.pid);
    const ended = new Promise<GuestEnd>((resolve) => {
      let end: GuestEnd = { how: 'could not be started' };
      let didCrash = false;
      let gaveUp = false;
      child.once('error', (error) => {
        end = { how: `could not be started: ${error.message}` };
        if (child.pid === undefined) resolve(end);
      });
      child.once('exit', (exitCode, exitSignal) => {
        watch.stop();
        const processEnd = launch.endOf(exitCode, exitSignal);
        didCrash = isCrash(processEnd);
        gaveUp = processEnd.signal !== null && GAVE_UP.has(processEnd.signal);
        end = endOf(processEnd);
        // Nothing of what it started outlives it.
        killGroup(child);
      });
      child.once('close', () => {
        launch.dispose();
        const isOutOfMemory = output.conclude(didCrash) || (memory !== undefined && gaveUp);
        const limit = exceeded ?? (isOutOfMemory ? 'memory' : end.limit);
        resolve(limit === undefined ? end : { ...end, limit });
      });
    });
    return {
      channel,
      label: `process ${String(child.pid)}`,
      begin: () => { output.begin(); },
      printed: async () => {
        if (!output.isWithinLimit) await output.caughtUp();
        return exceeded === undefined ? undefined : ended;
      },
      kill: () => { killGroup(child); },
      ref: () => {
        watch.start(child.pid);
        forPipes(child, 'ref');
      },
      unref: () => {
        watch.stop();
        forPipes(child, 'unref');
      },
      ended,
    };
  };
}

function start(launch: Launch): ChildProcess {
  const { program, args, env, cwd, stdio } = launch;
  keepInspectorShut();
  try {
    return spawnAlone(program, args, {
      cwd, env,
      // A group of its own, which no signal to the host's reaches, and which is ended as a whole.
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: withHanded(GUEST_STDIO, stdio),
    });
  } finally {
    launch.release();
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function forPipes(child: ChildProcess, method: 'ref' | 'unref'): void {
  child[method]();
  for (const pipe of child.stdio) (pipe as { ref?: () => void; unref?: () => void } | null)?.[method]?.();
}

/** As processes end that find themselves in no state to go on. */
function isCrash({ code, signal }: ProcessEnd): boolean {
  if (process.platform === 'win32') return code === ABORTED || (code ?? 0) >= FIRST_EXCEPTION;
  return signal !== null && CRASHES.has(signal);
}

/** As V8, and what it is made with, ends where it finds no memory, and has none left to say so: a plugin has no native code of its own there. */
const GAVE_UP: ReadonlySet<NodeJS.Signals> = new Set(['SIGTRAP', 'SIGILL', 'SIGSEGV']);

const CRASHES: ReadonlySet<NodeJS.Signals> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS']);

/** The exit codes of these on Windows. */
const ABORTED = 134;
const FIRST_EXCEPTION = 0x8000_0000;

function endOf({ code, signal }: ProcessEnd): GuestEnd {
  if (signal === null) return { how: `ended with exit code ${String(code)}` };
  return { how: `was ended by ${signal}`, ...(signal === 'SIGXCPU' ? { limit: 'cpuTime' } : {}) };
}
