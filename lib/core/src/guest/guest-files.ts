import type { FileReplacement, FileReplacer, ReplaceOptions } from '../contract/index.js';
import { checkReplaceFile, FileReplacements } from '../execution/file-replacements.js';
import type { BegunFile, STEPS } from '../execution/remote/desk-files.js';
import { cut, type Chunk } from './chunk.js';

/** The way to the host, for one call. */
export interface FileLink {
  /** Asks for something on behalf of the call. */
  readonly ask: (method: string, data: object) => Promise<unknown>;
  /** The same of what has left when this returns. */
  readonly send: (method: string, data: object) => Promise<unknown>;
  /** Bytes that are sent at once. */
  readonly longestPiece: number;
}

type Step = (typeof STEPS)[number];

/** Replaces the files of one call: here where that is possible, and else through the host. */
export class GuestFiles implements FileReplacer {
  readonly #link: FileLink;
  readonly #own: FileReplacements;

  constructor(cwd: string, link: FileLink) {
    this.#link = link;
    this.#own = new FileReplacements({ cwd });
  }

  async replaceFile(path: string, options: ReplaceOptions = {}): Promise<FileReplacement> {
    checkReplaceFile(path, options);
    const { file } = (await this.#link.ask('replaceFile', { path, options })) as BegunFile;
    return file === undefined ? this.#own.replace(path, options) : new HostedFile(file, this.#link);
  }

  /** When the call is over; what the host has is discarded there. */
  end(): Promise<void> {
    return this.#own.end();
  }
}

/** A file that the host replaces. */
class HostedFile implements FileReplacement {
  readonly #file: number;
  readonly #link: FileLink;
  /** What was asked for last: one thing is done after the other. */
  #last: Promise<void> = Promise.resolve();
  /** The piece that was sent last: while the host writes it, the next one is made. */
  #piece: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(file: number, link: FileLink) {
    this.#file = file;
    this.#link = link;
  }

  write(content: string | Uint8Array): Promise<void> {
    return this.#next(async () => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (const piece of cut(bytes, this.#link.longestPiece)) await this.#send(piece);
    });
  }

  finish(): Promise<void> {
    return this.#next(() => this.#take('finish'));
  }

  commit(): Promise<void> {
    return this.#next(() => this.#take('commit'));
  }

  async discard(): Promise<void> {
    await this.#last.catch(() => undefined);
    await this.#piece.catch(() => undefined);
    if (!this.#isOver) await this.#take('discard');
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work);
    this.#last.catch(() => undefined);
    return this.#last;
  }

  async #send(bytes: Chunk): Promise<void> {
    await this.#piece;
    this.#piece = this.#link.send('replacement', { file: this.#file, step: 'write', bytes }).then(() => undefined);
    // Whatever is asked for next tells of it.
    this.#piece.catch(() => undefined);
  }

  async #take(step: Step): Promise<void> {
    if (step !== 'discard') await this.#piece;
    await this.#link.ask('replacement', { file: this.#file, step });
    if (step !== 'finish') this.#isOver = true;
  }
}
