import { columnsOf } from './columns.js';
import { kindOf, writeFully } from './descriptor.js';
import { writeUnguarded } from './guard-process.js';

/** Standard error: for people, written at once. */
export class StandardError {
  readonly isTerminal: boolean;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #descriptor: number;
  readonly #redact: (text: string) => string;
  #transient = false;

  /** @param redact - Takes out what must not be told. */
  constructor(env: Readonly<Record<string, string | undefined>>, redact: (text: string) => string = (text) => text, descriptor = 2) {
    this.#env = env;
    this.#redact = redact;
    this.#descriptor = descriptor;
    this.isTerminal = kindOf(descriptor) === 'terminal';
  }

  /** Of the terminal, or 80 where that is not known. */
  get columns(): number {
    return (this.isTerminal ? columnsOf(process.stderr.columns, this.#env) : undefined) ?? 80;
  }

  /** Writes text; nobody learns when it cannot be written. */
  write(text: string): void {
    this.clear();
    this.#put(text);
  }

  /** Shows one line, which the next output of any kind replaces. For terminals. */
  show(line: string): void {
    this.#put(`${ERASE_LINE}${line}`);
    this.#transient = true;
  }

  /** Removes the line that {@link show} left. */
  clear(): void {
    if (!this.#transient) return;
    this.#transient = false;
    this.#put(ERASE_LINE);
  }

  #put(given: string): void {
    const text = this.#redact(given);
    try {
      if (this.isTerminal && process.platform === 'win32') writeUnguarded(process.stderr, text);
      else writeFully(this.#descriptor, text);
    } catch {
      // What a message is about goes on without it: a full disk behind standard error must not end a command.
    }
  }
}

const ERASE_LINE = '\r\u001b[2K';
