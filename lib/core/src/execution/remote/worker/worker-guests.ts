import type { GuestKind } from '../guest-pool.js';
import type { Guests } from '../isolation.js';
import { unitId } from '../unit-id.js';
import { workerGuest } from './worker-guest.js';

/** Guests in worker threads of the host's own process: they may do what the host may. */
export const workerGuests: Guests = {
  prepare: () => undefined,
  kindFor: (unit): Promise<GuestKind> => Promise.resolve({ unit, limits: {}, key: unitId(unit), starter: () => Promise.resolve(workerGuest({})) }),
  envFor: ({ context }) => context.env,
  meant: (error) => error,
};
