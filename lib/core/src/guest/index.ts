import { workerData } from 'node:worker_threads';
import type { WorkerGuestData } from '../execution/remote/worker/worker-guest-data.js';
import { serveHost } from './guest.js';
import { pipeChannel } from './pipe-channel.js';
import { workerChannel } from './worker-channel.js';

// The program of workers and processes that run plugins for a host.
serveHost(isWorkerData(workerData) ? workerChannel(workerData) : pipeChannel());

function isWorkerData(data: unknown): data is WorkerGuestData {
  return typeof data === 'object' && data !== null && 'waited' in data;
}
