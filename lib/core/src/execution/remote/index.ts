export { Isolation } from './isolation.js';
export { ProcessGuests } from './process/process-guests.js';
export { workerGuests } from './worker/worker-guests.js';
