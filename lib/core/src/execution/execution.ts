import type { Execution, ExecutionEvent, StartOptions } from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { EventBuffer } from './event-buffer.js';

/** A command under way in this host. */
export class RunningExecution implements Execution {
  readonly id: string;
  readonly command: string;
  readonly events: EventBuffer;
  readonly result: Promise<unknown>;
  /** Resolves when the command is done, however it went. */
  readonly settled: Promise<void>;
  exitCode = 0;
  readonly #controller = new AbortController();

  /** @param work - Begins after the constructor, so that it gets an execution that is whole. */
  constructor(id: string, command: string, options: StartOptions, work: (execution: RunningExecution) => Promise<unknown>) {
    this.id = id;
    this.command = command;
    this.events = new EventBuffer({ itemsMustArrive: options.collect === false });
    this.result = Promise.resolve().then(() => this.#carryOut(work, options.signal));
    this.settled = this.result.then(
      () => undefined,
      () => undefined, // Left alone, a failure harms nobody.
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cancel(reason?: string): void {
    this.#controller.abort(reason ?? new Cancellation());
    this.events.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<ExecutionEvent> {
    return this.events[Symbol.asyncIterator]();
  }

  async #carryOut(work: (execution: RunningExecution) => Promise<unknown>, outer: AbortSignal | undefined): Promise<unknown> {
    const onAbort = (): void => {
      this.cancel(outer?.reason === undefined ? undefined : messageOf(outer.reason));
    };
    if (outer?.aborted === true) onAbort();
    outer?.addEventListener('abort', onAbort, { once: true });
    try {
      this.signal.throwIfAborted();
      const result = await work(this);
      this.signal.throwIfAborted();
      return result;
    } catch (error) {
      const failure = this.#failureOf(error);
      this.exitCode = failure.exitCode;
      throw failure;
    } finally {
      outer?.removeEventListener('abort', onAbort);
      this.events.close();
    }
  }

  /** What a command threw, as a StructumError; whatever comes after a cancellation is that cancellation. */
  #failureOf(error: unknown): StructumError {
    if (this.signal.aborted) {
      const reason: unknown = this.signal.reason;
      return catalogued('COMMAND_CANCELLED', { command: this.command, ...(typeof reason === 'string' ? { reason } : {}) }, error);
    }
    if (StructumError.is(error)) return error;
    return catalogued('COMMAND_FAILED', { command: this.command, reason: messageOf(error) }, error);
  }
}

/** Why an execution ends when nobody said why. */
class Cancellation extends Error {
  override readonly name = 'AbortError';
  override readonly message = 'The execution was cancelled.';
}
