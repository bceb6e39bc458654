import type { Message } from './protocol.js';

/** Carries messages between a host and a guest, each as a whole and in order. */
export interface Channel {
  send(message: Message): void;
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
