import { write } from 'node:fs';
import { StructumError, messageOf, type OutputTarget } from '@structum/core';
import { isBusy, isClosedPipe, kindOf, writeFully, type DescriptorKind } from './descriptor.js';
import { writeUnguarded } from './guard-process.js';

/** What a {@link StandardOutput} is told when it is made. */
export interface StandardOutputOptions {
  /** Whether to colour, given whether it is a terminal. */
  readonly color: (isTerminal: boolean) => boolean;
  readonly unicode: boolean;
  /** How wide it is, given what the terminal says. */
  readonly columns: (told: number | undefined) => number | undefined;
  /** 1 when left out. */
  readonly descriptor?: number;
  /** Called before text goes to a terminal: time to remove a progress bar. */
  readonly beforeWrite?: () => void;
  /** Called once, when the reader has gone. */
  readonly onClosed?: () => void;
}

/**
 * Standard output, written to its descriptor, because the stream `process.stdout` takes milliseconds to make.
 *
 * Writes are gathered until the end of the turn or {@link CHUNK} bytes. What fits into the buffer of a fresh pipe
 * is written at once; more is written on another thread, so that a slow reader does not keep signals from being
 * handled, and `write` returns a promise to wait for. After the reader has gone, writes do nothing.
 */
export class StandardOutput implements OutputTarget {
  readonly kind: DescriptorKind;
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly unicode: boolean;
  readonly #descriptor: number;
  readonly #columns: StandardOutputOptions['columns'];
  readonly #beforeWrite: () => void;
  readonly #onClosed: () => void;
  readonly #queue: Uint8Array[] = [];
  #text = '';
  #size = 0;
  #written = 0;
  #isScheduled = false;
  #isClosed = false;
  #isWriting = false;
  #isAbandoned = false;
  #failure: Error | undefined;
  #abandonWrite: () => void = () => undefined;
  #pump: Promise<void> | undefined;

  constructor({ color, unicode, columns, descriptor = 1, beforeWrite, onClosed }: StandardOutputOptions) {
    this.kind = kindOf(descriptor);
    this.isTerminal = this.kind === 'terminal';
    this.color = color(this.isTerminal);
    this.unicode = unicode;
    this.#descriptor = descriptor;
    this.#columns = columns;
    this.#beforeWrite = beforeWrite ?? ((): void => undefined);
    this.#onClosed = onClosed ?? ((): void => undefined);
  }

  /** Of the terminal; `undefined` elsewhere, and where it is not known. */
  get columns(): number | undefined {
    return this.isTerminal ? this.#columns(process.stdout.columns) : undefined;
  }

  /** Whether the reader has gone. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Whether a write was given up: its thread still waits, and would hold up the end of the process. */
  get isAbandoned(): boolean {
    return this.#isAbandoned;
  }

  /**
   * On a terminal, drops what is not shown yet, and all that would follow: who presses Ctrl-C wants it to stop. A file
   * or a pipe still gets what was written before, because nobody waits for it and it should not end within a line.
   */
  interrupt(): void {
    if (this.isTerminal && !this.#isClosed) this.#close();
  }

  /** Gives up a write that the reader keeps waiting, and all that would follow. */
  abandon(): void {
    if (!this.#isWriting) return;
    this.#isAbandoned = true;
    this.#close();
    this.#abandonWrite();
  }

  write(chunk: string | Uint8Array): void | Promise<void> {
    if (this.#isClosed || chunk.length === 0) return undefined;
    this.#append(chunk);
    if (this.#size >= CHUNK) return this.flush();
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => {
        this.#isScheduled = false;
        // What goes wrong is kept for whoever flushes at the end.
        this.flush().catch(() => undefined);
      });
    }
    return undefined;
  }

  /**
   * Resolves when everything has been written, or the reader has gone.
   * @throws `OUTPUT_FAILED` when the system cannot take it: the disk is full.
   */
  flush(): Promise<void> {
    this.#pump ??= this.#writeAll().finally(() => {
      this.#pump = undefined;
    });
    return this.#pump;
  }

  #append(chunk: string | Uint8Array): void {
    if (typeof chunk === 'string') this.#text += chunk;
    else {
      this.#settleText();
      this.#queue.push(chunk);
    }
    this.#size += chunk.length;
  }

  /** Bytes may follow text, in the order in which they came. */
  #settleText(): void {
    if (this.#text === '') return;
    this.#queue.push(Buffer.from(this.#text));
    this.#text = '';
  }

  async #writeAll(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    while (this.#size > 0 && !this.#isClosed) {
      this.#settleText();
      const bytes = this.#queue.length === 1 ? this.#queue[0] : Buffer.concat(this.#queue);
      this.#queue.length = 0;
      this.#size = 0;
      if (bytes !== undefined) await this.#writeOut(bytes);
    }
  }

  async #writeOut(bytes: Uint8Array): Promise<void> {
    if (this.isTerminal) this.#beforeWrite();
    this.#isWriting = true;
    try {
      if (this.isTerminal && process.platform === 'win32') await writeToConsole(bytes);
      else if (this.#written + bytes.length <= CHUNK) writeFully(this.#descriptor, bytes);
      else await Promise.race([this.#writeElsewhere(bytes), this.#abandoned()]);
      this.#written += bytes.length;
    } catch (error) {
      if (!isClosedPipe(error)) this.#failure = outputFailed(error);
      this.#close();
      if (this.#failure !== undefined) throw this.#failure;
    } finally {
      this.#isWriting = false;
    }
  }

  /** Writes on a thread of the pool, however long the reader takes; a terminal gets it in pieces, to stop in between. */
  async #writeElsewhere(bytes: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < bytes.length && !(this.isTerminal && this.#isClosed)) {
      const end = this.isTerminal ? Math.min(bytes.length, offset + PIECE) : bytes.length;
      try {
        offset += await writeOnce(this.#descriptor, bytes.subarray(offset, end));
      } catch (error) {
        if (!isBusy(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  #abandoned(): Promise<void> {
    return new Promise((resolve) => {
      this.#abandonWrite = resolve;
    });
  }

  #close(): void {
    this.#isClosed = true;
    this.#queue.length = 0;
    this.#text = '';
    this.#size = 0;
    this.#onClosed();
  }
}

/** The buffer of a pipe on Linux, in bytes. */
const CHUNK = 65_536;

/** What a terminal shows in a few milliseconds, in bytes. */
const PIECE = 8192;

const RETRY_MS = 5;

function outputFailed(cause: unknown): StructumError {
  return new StructumError({
    code: 'OUTPUT_FAILED',
    message: `The output could not be written: ${messageOf(cause)}`,
    hint: 'Look at the space and the permissions of the file that it goes to.',
    cause,
  });
}

function writeOnce(descriptor: number, bytes: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, 0, bytes.length, null, (error, written) => {
      if (error === null) resolve(written);
      else reject(error);
    });
  });
}

/** The Windows console takes UTF-8 through the stream only. */
function writeToConsole(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    writeUnguarded(process.stdout, bytes, (error) => {
      if (error === undefined || error === null) resolve();
      else reject(error);
    });
  });
}
