import type { Broker, BrokeredResponse, ExecOptions, ExecResult, FetchOptions } from '../contract/index.js';
import { catalogued } from '../errors/index.js';

/** Works for one call of a command: what is under way when that is over, ends with it. */
export class CallBroker implements Broker {
  readonly #open: (over: AbortSignal) => Promise<Broker>;
  readonly #over = new AbortController();
  readonly #working = new Set<Promise<unknown>>();
  #broker: Promise<Broker> | undefined;

  /** @param open - Gives what does the work, until the signal: most commands ask nothing of it. */
  constructor(open: (over: AbortSignal) => Promise<Broker>) {
    this.#open = open;
  }

  fetch(url: string | URL, options?: FetchOptions): Promise<BrokeredResponse> {
    return this.#work((broker) => broker.fetch(url, options));
  }

  exec(program: string, args?: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.#work((broker) => broker.exec(program, args, options));
  }

  /** Resolves when nothing is under way any more. That a command did not wait for it is no failure of anything. */
  async end(): Promise<void> {
    this.#over.abort(catalogued('DISPOSED', { subject: 'This execution' }));
    await Promise.allSettled(this.#working);
  }

  #work<Result>(use: (broker: Broker) => Promise<Result>): Promise<Result> {
    const work = this.#opened().then(use).finally(() => this.#working.delete(work));
    this.#working.add(work);
    return work;
  }

  async #opened(): Promise<Broker> {
    this.#over.signal.throwIfAborted();
    return (this.#broker ??= this.#open(this.#over.signal));
  }
}
