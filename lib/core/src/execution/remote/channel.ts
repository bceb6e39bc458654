import type { Message } from './protocol.js';

/** Carries messages between a host and a guest, each as a whole and in order. */
export interface Channel {
  /**
   * Gives how many bytes it has; 0 where nobody counts them.
   * @param own - How many of them are this side's own, for which no limit of a plugin is meant; asked for only where it has more than that.
   */
  send(message: Message, own?: () => number): number;
  /** Sends what the other side waits for with its thread. */
  sendWaited(message: Message): void;
}

/** What becomes of a channel. */
export interface ChannelListener {
  /**
   * Gets what came: nothing is known of it yet.
   * @param bytes - How many it had.
   */
  receive(message: unknown, bytes?: number): void;
  /** The other side broke the protocol. Nothing comes any more. */
  violated(reason: string): void;
  /** Nothing comes any more. */
  closed(): void;
}
