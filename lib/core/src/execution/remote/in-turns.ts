import { setImmediate } from 'node:timers/promises';
import { uptime } from '../../platform/index.js';

/** Milliseconds for which a guest is listened to before others have their turn. */
export const TURN = 8;

/** Does something with each item that a guest sent, one after the other: the first at once, and never for long without others having their turn. */
export async function inTurns<Item>(items: readonly Item[], work: (item: Item) => void | Promise<void>): Promise<void> {
  let began = uptime();
  for (const item of items) {
    await work(item);
    if (uptime() - began < TURN) continue;
    await setImmediate();
    began = uptime();
  }
}
