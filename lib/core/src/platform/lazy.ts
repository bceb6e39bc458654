/** What is opened when it is first asked for, once. */
export class Lazy<Value> {
  readonly #open: () => Promise<Value>;
  #opened: Promise<Value> | undefined;

  constructor(open: () => Promise<Value>) {
    this.#open = open;
  }

  get(): Promise<Value> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  /** Undefined where nobody has asked for it. */
  get opened(): Promise<Value> | undefined {
    return this.#opened;
  }
}
