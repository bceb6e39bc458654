import type { Output, OutputTarget } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import type { RedactedStream } from '../monitoring/index.js';
import { checkChunk } from './check-chunk.js';

/** The output of one execution, over what the host gave it, without secrets. It remembers writes that nobody waited for. */
export class ExecutionOutput implements Output {
  readonly isAvailable: boolean;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly #command: string;
  readonly #target: OutputTarget | undefined;
  readonly #redacted: RedactedStream;
  readonly #pending = new Set<PromiseLike<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(command: string, target: OutputTarget | undefined, redacted: RedactedStream) {
    this.#command = command;
    this.#target = target;
    this.#redacted = redacted;
    this.isAvailable = target !== undefined;
    this.isTerminal = target?.isTerminal ?? false;
    // A terminal that does not know how wide it is says 0.
    this.columns = target?.columns === 0 ? undefined : target?.columns;
    this.color = target?.color ?? false;
    this.unicode = target?.unicode ?? true;
  }

  write(chunk: string | Uint8Array): void | Promise<void> {
    checkChunk('context.output.write()', chunk);
    if (this.#target === undefined) throw catalogued('OUTPUT_UNAVAILABLE', { command: this.#command });
    return this.#hand(this.#target, this.#redacted.write(chunk));
  }

  line(text = ''): void | Promise<void> {
    return this.write(`${text}\n`);
  }

  /** Nothing more is written: what might have been the beginning of a secret is none. */
  end(): void {
    try {
      if (this.#target !== undefined) void this.#hand(this.#target, this.#redacted.end());
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  /** Resolves when all that was written has gone; rejects with the first thing that went wrong. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #hand(target: OutputTarget, chunk: string | Uint8Array): void | Promise<void> {
    if (chunk.length === 0) return undefined;
    // What is no promise means nothing: `process.stdout.write`, for one, returns whether it has room.
    const written: unknown = target.write(chunk);
    if (!(written instanceof Promise)) return undefined;
    this.#follow(written);
    return written as Promise<void>;
  }

  /** A write that fails while nobody waits for it must not end the process. */
  #follow(written: Promise<unknown>): void {
    const followed = written.then(
      () => undefined,
      (error: unknown) => {
        this.#failure ??= { error };
      },
    ).finally(() => this.#pending.delete(followed));
    this.#pending.add(followed);
  }
}
