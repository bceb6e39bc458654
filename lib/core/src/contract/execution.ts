import type { ProgressUpdate, Question, TextQuestion } from './context.js';
import type { LogRecord } from './logger.js';

/** What happens while a command runs. */
export type ExecutionEvent<Item = unknown> =
  | ({ readonly type: 'progress' } & ProgressUpdate)
  | { readonly type: 'item'; readonly item: Item }
  | { readonly type: 'log'; readonly record: LogRecord };

/** A running or finished command. */
export interface Execution<Result = unknown, Item = unknown> extends AsyncIterable<ExecutionEvent<Item>> {
  readonly id: string;
  /** The command's path. */
  readonly command: string;
  /** Settles when the command is done. Left alone, a failure harms nobody. */
  readonly result: Promise<Result>;
  /** How a command line should end: 0, what the command set, or what its error says. Final once `result` is settled. */
  readonly exitCode: number;
  /**
   * Asks the command to stop; `result` rejects with `COMMAND_CANCELLED` when it has cleaned up, or after 5 seconds
   * without it. A second call does nothing.
   */
  cancel(reason?: string): void;
  /**
   * What happens, from the first event on. Events wait in a bounded buffer: when it is full, progress is joined
   * with what comes after it first, then log lines are dropped; a stream of items waits for its reader.
   */
  [Symbol.asyncIterator](): AsyncIterator<ExecutionEvent<Item>>;
}

/** Where a host wants a command's text. */
export interface OutputTarget {
  write(chunk: string | Uint8Array): void | Promise<void>;
  readonly isTerminal?: boolean;
  readonly columns?: number | undefined;
  readonly color?: boolean;
  readonly unicode?: boolean;
}

/** The order in which calls get their turn, the last first. */
export const CALL_PRIORITIES = ['low', 'normal', 'high'] as const;

/** See {@link RunOptions.priority}. */
export type CallPriority = (typeof CALL_PRIORITIES)[number];

/** How to run a command. */
export interface RunOptions {
  /** Cancels the execution. */
  readonly signal?: AbortSignal;
  /** Gets the rendered result, and what the command itself writes. Without it nothing is rendered. */
  readonly output?: OutputTarget;
  /** Renders the result to `output`; true when left out. False leaves the output to what the command itself writes. */
  readonly render?: boolean;
  /**
   * Whether `[redacted]` stands in the place of secrets in the result and in items too; false when left out: they are data,
   * and secrets in them may be meant. What is written to `output` never has any.
   */
  readonly redact?: boolean;
  /** The folder that relative paths in the input are relative to; the host's when left out. */
  readonly cwd?: string;
  /**
   * Which calls come first where more of them are to run in workers and processes than may at once; `normal` when left out.
   * Those that it runs itself have the same.
   */
  readonly priority?: CallPriority;
  /** Answers the command's questions, until the signal says that nobody wants to know any more; the host's when left out. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
  /** The same for questions with a text for an answer; `undefined` means that there is none. */
  readonly ask?: (question: TextQuestion, signal: AbortSignal) => string | undefined | Promise<string | undefined>;
}

/** How to start a command. */
export interface StartOptions extends RunOptions {
  /**
   * Keeps the items of a stream for the result; true when left out. Without it the items are events only, each waits
   * for its reader, and the result of a stream is `undefined`.
   */
  readonly collect?: boolean;
}
