import { MessageChannel, Worker } from 'node:worker_threads';
import type { ExecutionLimits } from '../../../contract/index.js';
import { messageOf } from '../../../errors/index.js';
import type { GuestEnd, GuestRunner, StartGuest } from '../guest-session.js';
import { guestFile } from '../guest-file.js';
import { ProcessOutput } from '../process/process-output.js';
import type { WorkerGuestData } from './worker-guest-data.js';

const MEBIBYTE = 1024 * 1024;

/** Runs guests in worker threads: their heap is limited, and they can be ended, but they are as trusted as the host. */
export function workerGuest({ memory, output: most = Infinity }: Pick<ExecutionLimits, 'memory' | 'output'>): StartGuest {
  return (listener): GuestRunner => {
    const messages = new MessageChannel();
    const waited = new MessageChannel();
    const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const data: WorkerGuestData = { messages: messages.port2, waited: waited.port2, signal };
    const worker = new Worker(guestFile(), {
      workerData: data,
      transferList: [messages.port2, waited.port2],
      stdin: false,
      ...(memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: Math.ceil(memory / MEBIBYTE) } }),
    });
    // Node hands its output on by itself. Were it not to do so from the start, a worker that waits would keep the process running.
    for (const stream of [worker.stdout, worker.stderr]) stream.unpipe();
    let exceeded: GuestEnd['limit'];
    const output = new ProcessOutput(worker, {
      most,
      hasLastWords: false,
      onExceeded: () => {
        exceeded = 'output';
        void worker.terminate();
      },
    });
    for (const stream of [worker.stdout, worker.stderr]) stream.resume();
    messages.port1.on('message', (message: unknown) => { listener.receive(message); });
    messages.port1.on('messageerror', () => { listener.violated('a message that cannot be read'); });
    // The worker itself says whether it keeps the process.
    messages.port1.unref();
    let thrown: unknown;
    worker.on('error', (error) => { thrown = error; });
    const ended = new Promise<GuestEnd>((resolve) => {
      worker.once('exit', (code) => {
        messages.port1.close();
        waited.port1.close();
        const end = endOf(code, thrown);
        resolve(exceeded === undefined ? end : { ...end, limit: exceeded });
      });
    });
    return {
      label: `worker ${String(worker.threadId)}`,
      channel: {
        send: (message) => {
          messages.port1.postMessage(message);
          return 0;
        },
        sendWaited: (message) => {
          waited.port1.postMessage(message);
          Atomics.add(signal, 0, 1);
          Atomics.notify(signal, 0);
        },
      },
      begin: () => { output.begin(); },
      printed: async () => {
        if (!output.isWithinLimit) await output.caughtUp();
        return exceeded === undefined ? undefined : ended;
      },
      kill: () => void worker.terminate(),
      ref: () => { worker.ref(); },
      unref: () => { worker.unref(); },
      ended,
    };
  };
}

function endOf(code: number, thrown: unknown): GuestEnd {
  if (thrown === undefined) return { how: `ended with exit code ${String(code)}` };
  const isOutOfMemory = (thrown as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  return { how: `failed: ${messageOf(thrown)}`, ...(isOutOfMemory ? { limit: 'memory' } : {}) };
}
