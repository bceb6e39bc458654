import type { Execution, ExecutionEvent, LogRecord, OutputTarget, ProgressUpdate } from '../index.js';

/** What a run's text is rendered for. */
export interface CaptureTarget {
  /** The width in columns; unknown when left out, as where output goes to a file. */
  readonly columns?: number;
  /** Whether to colour; no when left out. */
  readonly color?: boolean;
  /** Whether more than ASCII can be shown; yes when left out. */
  readonly unicode?: boolean;
  /** Whether a person reads along; no when left out. */
  readonly isTerminal?: boolean;
}

/** Everything that a command gave, wrote, logged and told. */
export class CapturedRun<Result = unknown, Item = unknown> {
  /** Why it failed; `undefined` when it did not. */
  readonly error: Error | undefined;
  /** How a command line would end. */
  readonly exitCode: number;
  /** What was written, bytes as they were. */
  readonly bytes: Uint8Array;
  /** The items of a stream, in order. */
  readonly items: readonly Item[];
  readonly progress: readonly ProgressUpdate[];
  /** What the command told its caller: lines of the level `info` and more important ones. The host's `logs` have all. */
  readonly logs: readonly LogRecord[];
  readonly #result: Result | undefined;

  private constructor(outcome: Outcome<Result>, execution: Execution<Result, Item>, events: readonly ExecutionEvent<Item>[], bytes: Uint8Array) {
    this.error = outcome.error;
    this.#result = outcome.result;
    this.exitCode = execution.exitCode;
    this.bytes = bytes;
    this.items = events.flatMap((event) => (event.type === 'item' ? [event.item] : []));
    this.progress = events.flatMap((event) => (event.type === 'progress' ? [updateOf(event)] : []));
    this.logs = events.flatMap((event) => (event.type === 'log' ? [event.record] : []));
  }

  /** The run of `start`, which gets the place to write to, to its end. */
  static async of<Result, Item>(start: (output: OutputTarget) => Execution<Result, Item>, target: CaptureTarget): Promise<CapturedRun<Result, Item>> {
    const chunks: Uint8Array[] = [];
    const execution = start({
      ...target,
      color: target.color ?? false,
      // A copy: a command may use its buffer again.
      write: (chunk) => { chunks.push(Buffer.from(chunk)); },
    });
    const outcome = execution.result.then((result): Outcome<Result> => ({ result, error: undefined }), (error: unknown): Outcome<Result> => ({ result: undefined, error: error as Error }));
    const events: ExecutionEvent<Item>[] = [];
    for await (const event of execution) events.push(event);
    return new CapturedRun(await outcome, execution, events, Buffer.concat(chunks));
  }

  /** What the command gave; of a stream, the list of its items. @throws what the command failed with. */
  get result(): Result {
    if (this.error !== undefined) throw this.error;
    return this.#result as Result;
  }

  /** What was written, as text. */
  get text(): string {
    return Buffer.from(this.bytes).toString('utf8');
  }

  /** What was written, line by line, without the ends of lines. */
  get lines(): readonly string[] {
    const lines = this.text.split(/\r?\n/);
    return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  }
}

type Outcome<Result> = { readonly result: Result; readonly error: undefined } | { readonly result: undefined; readonly error: Error };

function updateOf<Item>({ type: _type, ...update }: Extract<ExecutionEvent<Item>, { type: 'progress' }>): ProgressUpdate {
  return update;
}
