/** How an outbox sends. */
export interface OutboxOptions<Item> {
  /** How much may wait before whoever adds something is asked to wait; as much is sent at once. */
  readonly room: number;
  /** How much room an item takes. */
  readonly sizeOf: (item: Item) => number;
  /**
   * One item in the place of two that follow each other; `undefined` where both are told, as all are when it is left out.
   *
   * @param isFull - Whether there is no room for the next one.
   */
  readonly joined?: (last: Item, next: Item, isFull: boolean) => Item | undefined;
  readonly send: (items: readonly Item[]) => Promise<unknown>;
}

/**
 * Collects what is to be told the host, and sends it in batches, one at a time: what comes while one is under way goes
 * with the next.
 */
export class Outbox<Item> {
  readonly #options: OutboxOptions<Item>;
  #items: Item[] = [];
  #size = 0;
  #sending: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: OutboxOptions<Item>) {
    this.#options = options;
  }

  /** Adds an item; gives a promise for when there is room for the next one, where there is none now. */
  add(item: Item): undefined | Promise<void> {
    if (this.#failure !== undefined) return this.flush();
    this.#put(item);
    this.#sending ??= this.#sendAll();
    return this.#size > this.#options.room ? this.flush() : undefined;
  }

  /** Resolves when all of it was taken; rejects with why it was not. */
  async flush(): Promise<void> {
    await this.#sending;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #put(item: Item): void {
    const { room, sizeOf, joined } = this.#options;
    const last = this.#items.at(-1);
    const both = last === undefined ? undefined : joined?.(last, item, this.#size + sizeOf(item) > room);
    if (last !== undefined && both !== undefined) {
      this.#items.pop();
      this.#size -= sizeOf(last);
    }
    this.#items.push(both ?? item);
    this.#size += sizeOf(both ?? item);
  }

  async #sendAll(): Promise<void> {
    // What is added in one go is sent in one go.
    await Promise.resolve();
    try {
      while (this.#items.length > 0) await this.#options.send(this.#next());
    } catch (error) {
      this.#failure = { error };
      this.#items = [];
    } finally {
      this.#sending = undefined;
    }
  }

  #next(): readonly Item[] {
    const { room, sizeOf } = this.#options;
    let size = 0;
    const end = this.#items.findIndex((item) => (size += sizeOf(item)) > room);
    const next = this.#items.splice(0, end === -1 ? this.#items.length : end + 1);
    this.#size -= next.reduce((sum, item) => sum + sizeOf(item), 0);
    return next;
  }
}
