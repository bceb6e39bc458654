import type { Interface } from 'node:readline';
import type { Question, TextQuestion } from '@structum/core';
import { escapeControl } from './escape.js';
import { kindOf } from './descriptor.js';
import type { StandardError } from './standard-error.js';

/** Somebody who waits for the next line. */
interface Waiting {
  readonly resolve: (line: string | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Asks questions on standard error and reads the answers from the terminal. */
export class Prompt {
  readonly #stderr: StandardError;
  readonly #lines: string[] = [];
  readonly #waiting: Waiting[] = [];
  #reader: Interface | undefined;
  #isAtEnd = false;

  constructor(stderr: StandardError) {
    this.#stderr = stderr;
  }

  /** Whether somebody is there to answer. */
  get isPossible(): boolean {
    return this.#stderr.isTerminal && kindOf(0) === 'terminal';
  }

  /** The answer; no at the end of the input. Asks again until it is a yes or a no. */
  async confirm({ message, default: fallback = false }: Question): Promise<boolean> {
    const label = `${escapeControl(message)} ${fallback ? '[Y/n]' : '[y/N]'} `;
    return (await this.#until(label, 'Please answer yes or no.', (line) => decisionOf(line, fallback))) ?? false;
  }

  /** The answer; `undefined` at the end of the input. Asks again until there is one, and one of the choices. */
  async ask({ message, default: fallback, choices }: TextQuestion): Promise<string | undefined> {
    const offered = choices === undefined ? '' : ` (${choices.join(', ')})`;
    const label = `${message}${offered}${fallback === undefined || fallback === '' ? '' : ` [${fallback}]`}: `;
    const advice = choices === undefined ? 'Please answer.' : `Please answer one of ${choices.join(', ')}.`;
    return this.#until(escapeControl(label), escapeControl(advice), (line) => textOf(line, fallback, choices));
  }

  /** Asks until a line is an answer. */
  async #until<Answer>(label: string, advice: string, answerOf: (line: string) => Answer | undefined): Promise<Answer | undefined> {
    for (;;) {
      this.#stderr.write(label);
      const line = await this.#nextLine();
      if (line === undefined) {
        this.#stderr.write('\n');
        return undefined;
      }
      const answer = answerOf(line.trim());
      if (answer !== undefined) return answer;
      this.#stderr.write(`${advice}\n`);
    }
  }

  /** Fails a question that waits. */
  cancel(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('The question was cancelled.'));
  }

  /** Gives the terminal back. */
  close(): void {
    this.#reader?.close();
  }

  async #nextLine(): Promise<string | undefined> {
    this.#reader ??= await this.#open();
    const line = this.#lines.shift();
    if (line !== undefined || this.#isAtEnd) return line;
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Line by line as the system gives them: Ctrl-C stays a signal. */
  async #open(): Promise<Interface> {
    const { createInterface } = await import('node:readline');
    const reader = createInterface({ input: process.stdin, terminal: false });
    reader.on('line', (line) => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#lines.push(line);
      else next.resolve(line);
    });
    reader.on('close', () => {
      this.#isAtEnd = true;
      for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
    });
    return reader;
  }
}

function decisionOf(line: string, fallback: boolean): boolean | undefined {
  const answer = line.toLowerCase();
  if (answer === '') return fallback;
  if (answer === 'y' || answer === 'yes') return true;
  return answer === 'n' || answer === 'no' ? false : undefined;
}

/** A choice may be given by its beginning, where no other one begins so. */
function textOf(line: string, fallback: string | undefined, choices: readonly string[] | undefined): string | undefined {
  if (line === '') return fallback;
  if (choices === undefined || choices.includes(line)) return line;
  const meant = choices.filter((choice) => choice.toLowerCase().startsWith(line.toLowerCase()));
  return meant.length === 1 ? meant[0] : undefined;
}
