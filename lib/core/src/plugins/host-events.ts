import type { EventListeners, StructumEvents } from '../contract/index.js';

type Listener = (payload: never) => unknown;

/** Tells listeners what happens in a host. */
export class HostEvents {
  readonly #listeners = new Map<keyof StructumEvents, Set<Listener>>();
  readonly #onListenerError: (error: unknown) => void;

  /** @param onListenerError - Gets what a listener throws or rejects with: a listener must not break what it listens to. */
  constructor(onListenerError: (error: unknown) => void) {
    this.#onListenerError = onListenerError;
  }

  /** Calls `listener` at every `event` until the function that is returned is called. */
  on<Event extends keyof StructumEvents>(event: Event, listener: (payload: StructumEvents[Event]) => unknown): () => void {
    return this.#add(event, listener);
  }

  /** Calls each listener at the event of its name. */
  onAll(listeners: EventListeners): void {
    for (const event of Object.keys(listeners) as (keyof StructumEvents)[]) {
      const listener = listeners[event];
      if (listener !== undefined) this.#add(event, listener);
    }
  }

  /** Whether anybody listens. */
  isHeard(event: keyof StructumEvents): boolean {
    return (this.#listeners.get(event)?.size ?? 0) > 0;
  }

  /** Calls those who listen now, one after the other; nobody waits for what they do later. */
  emit<Event extends keyof StructumEvents>(event: Event, payload: StructumEvents[Event]): void {
    // What one listener does with it is nothing that the next one sees.
    Object.freeze(payload);
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        const returned = (listener as (payload: StructumEvents[Event]) => unknown)(payload);
        if (returned instanceof Promise) returned.catch(this.#onListenerError);
      } catch (error) {
        this.#onListenerError(error);
      }
    }
  }

  #add(event: keyof StructumEvents, listener: Listener): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }
}
