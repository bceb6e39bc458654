export { Isolation } from './isolation.js';
export { ProcessGuests } from './process/process-guests.js';
export { WorkerGuests } from './worker/worker-guests.js';
