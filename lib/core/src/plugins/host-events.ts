import type { StructumEvents } from '../contract/index.js';

type Listener = (payload: never) => void;

/** Tells listeners what happens in a host. */
export class HostEvents {
  readonly #listeners = new Map<keyof StructumEvents, Set<Listener>>();
  readonly #onListenerError: (error: unknown) => void;

  /** @param onListenerError - Gets what a listener throws: a listener must not break what it listens to. */
  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError;
  }

  /** Calls `listener` at every `event` until the function that is returned is called. */
  on<Event extends keyof StructumEvents>(event: Event, listener: (payload: StructumEvents[Event]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  emit<Event extends keyof StructumEvents>(event: Event, payload: StructumEvents[Event]): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        (listener as (payload: StructumEvents[Event]) => void)(payload);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }
}
