import { receiveMessageOnPort } from 'node:worker_threads';
import type { Message } from '../execution/remote/protocol.js';
import type { WorkerGuestData } from '../execution/remote/worker/worker-guest-data.js';
import type { HostChannel } from './host-link.js';

/** The channel of a guest in a worker. */
export function workerChannel({ messages, waited, signal }: WorkerGuestData): HostChannel {
  let received = 0;
  const send = (message: Message): number => {
    messages.postMessage(message);
    return 0;
  };
  return {
    send,
    sendWaited: (message) => { send(message); },
    limit: () => undefined,
    waitFor: (message) => {
      send(message);
      Atomics.wait(signal, 0, received);
      received += 1;
      const answer = receiveMessageOnPort(waited) as { readonly message: Message } | undefined;
      if (answer === undefined) throw new Error('The host gave no answer.');
      return answer.message;
    },
    listen: (receive, closed) => {
      messages.on('message', receive);
      // It ends this guest: whoever waits for an answer is told.
      messages.on('messageerror', (error: unknown) => { throw error; });
      messages.once('close', closed);
    },
  };
}
