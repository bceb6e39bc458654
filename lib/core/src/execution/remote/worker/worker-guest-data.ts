import type { MessagePort } from 'node:worker_threads';

/** What a worker with a guest is started with. */
export interface WorkerGuestData {
  readonly messages: MessagePort;
  /** Brings what the guest waits for with its thread. */
  readonly waited: MessagePort;
  /** Counts up when something has been sent to `waited`. */
  readonly signal: Int32Array;
}
