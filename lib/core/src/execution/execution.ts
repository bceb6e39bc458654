import type { Execution, ExecutionEvent, StartOptions } from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import type { Redactor } from '../monitoring/index.js';
import { unlessAborted, within } from '../platform/index.js';
import { EventBuffer } from './event-buffer.js';
import { checkedExitCode } from './exit-code.js';

/** Milliseconds that a cancelled command gets to clean up before its caller is answered without it. */
const GRACE = 5_000;

/** What an execution needs from its host. */
export interface ExecutionHost {
  readonly redactor: Redactor;
  /** Called before its caller is answered, with why it failed, if it did. */
  readonly ended?: ((failure: StructumError | undefined) => void) | undefined;
}

/** A command under way in this host. */
export class RunningExecution implements Execution {
  readonly id: string;
  readonly command: string;
  /** Whose command it is, once that is known. */
  plugin: string | undefined;
  readonly events: EventBuffer;
  readonly signal: AbortSignal;
  readonly result: Promise<unknown>;
  /** Resolves when the command is done, however it went: also when its caller was answered before. */
  readonly settled: Promise<void>;
  readonly #redactor: Redactor;
  readonly #controller = new AbortController();
  readonly #over = new AbortController();
  #innerSignal: AbortSignal | undefined;
  readonly #ended: ExecutionHost['ended'];
  #exitCode = 0;
  #isFinished = false;

  /** @param work - Begins after the constructor, so that it gets an execution that is whole. */
  constructor(id: string, command: string, { redactor, ended }: ExecutionHost, options: StartOptions, work: (execution: RunningExecution) => Promise<unknown>) {
    this.id = id;
    this.command = command;
    this.#redactor = redactor;
    this.#ended = ended;
    this.events = new EventBuffer({ itemsMustArrive: options.collect === false });
    // Not a listener on the caller's signal: hundreds of executions may share it.
    this.signal = options.signal === undefined ? this.#controller.signal : AbortSignal.any([options.signal, this.#controller.signal]);
    this.signal.addEventListener('abort', () => { this.events.abandonItems(); }, { once: true });
    const done = Promise.resolve().then(() => {
      this.signal.throwIfAborted();
      return work(this);
    });
    this.result = this.#answer(done);
    this.settled = Promise.allSettled([done, this.result]).then(() => undefined);
  }

  /** Aborted as {@link signal} is, and when the command has failed: what it has under way then is for nobody. */
  get innerSignal(): AbortSignal {
    return (this.#innerSignal ??= AbortSignal.any([this.signal, this.#over.signal]));
  }

  get exitCode(): number {
    return this.#exitCode;
  }

  /** Sets the code for when the command answers. @throws `EXIT_CODE_INVALID` */
  setExitCode(code: number): void {
    const checked = checkedExitCode(this.command, code);
    if (!this.#isFinished) this.#exitCode = checked;
  }

  cancel(reason?: string): void {
    this.#controller.abort(reason ?? new Cancellation());
  }

  /** Ends it because it took more than it may. */
  exceeded(error: StructumError): void {
    this.#controller.abort(error);
  }

  [Symbol.asyncIterator](): AsyncIterator<ExecutionEvent> {
    return this.events[Symbol.asyncIterator]();
  }

  async #answer(done: Promise<unknown>): Promise<unknown> {
    let failure: StructumError | undefined;
    try {
      const result = await this.#unlessOverdue(done);
      this.signal.throwIfAborted();
      return result;
    } catch (error) {
      failure = this.#redactor.redactValue(this.#failureOf(error));
      this.#exitCode = failure.exitCode;
      this.#over.abort(failure);
      throw failure;
    } finally {
      this.#isFinished = true;
      this.#ended?.(failure);
      this.events.close();
    }
  }

  /** What the command gives; when it was cancelled, it has {@link GRACE} to heed that. */
  async #unlessOverdue(done: Promise<unknown>): Promise<unknown> {
    try {
      return await unlessAborted(this.signal, done);
    } catch (error) {
      if (!this.signal.aborted) throw error;
      return await within(GRACE, () => done, () => this.#failureOf(error));
    }
  }

  /** What a command threw, as a StructumError; whatever comes after a cancellation is that cancellation. */
  #failureOf(error: unknown): StructumError {
    if (this.signal.aborted) return this.#cancellation(this.signal.reason, error);
    if (StructumError.is(error)) return error;
    return catalogued('COMMAND_FAILED', { command: this.command, ...(this.plugin === undefined ? {} : { plugin: this.plugin }), reason: messageOf(error) }, error);
  }

  #cancellation(reason: unknown, cause: unknown): StructumError {
    if (StructumError.is(reason) && reason.code === 'LIMIT_EXCEEDED') return reason;
    if (reason instanceof DOMException && reason.name === 'TimeoutError') return catalogued('COMMAND_TIMED_OUT', { command: this.command }, cause);
    const isSaid = typeof reason === 'string' || (reason instanceof Error && reason.name !== 'AbortError');
    return catalogued('COMMAND_CANCELLED', { command: this.command, ...(isSaid ? { reason: messageOf(reason) } : {}) }, cause);
  }
}

/** Why an execution ends when nobody said why. */
class Cancellation extends Error {
  override readonly name = 'AbortError';
  override readonly message = 'The execution was cancelled.';
}
