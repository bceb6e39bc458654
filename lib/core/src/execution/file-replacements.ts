import { resolve } from 'node:path';
import { checkOptions, optionRules, type FileReplacement, type OptionRules, type ReplaceOptions } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { ReplacedFile } from '../platform/index.js';
import { grantedFile } from '../security/index.js';

/** For which command files are replaced. */
export interface FileReplacementsHost {
  /** What paths are relative to. */
  readonly cwd: string;
  /** What may be written; all where it is left out. */
  readonly confinement?: WriteConfinement;
  /** Is told of what the plugin wanted and may not. */
  readonly onDenied?: (error: StructumError) => void;
}

/** To what the files are confined that a command has replaced for it. */
export interface WriteConfinement {
  /** The only paths that may be written, as they were found when the call began: absolute, with all links resolved. */
  readonly write: readonly string[];
  /** The error of another one. */
  readonly denied: (path: string) => StructumError;
}

/** The files that one command replaces: what it has not committed when it is over, is discarded. */
export class FileReplacements {
  readonly #host: FileReplacementsHost;
  readonly #files = new Set<ReplacedFile>();
  #isOver = false;

  constructor(host: FileReplacementsHost) {
    this.#host = host;
  }

  /** @throws `PERMISSION_DENIED`, `DISPOSED`, and what `node:fs` throws. */
  async replace(path: string, options: ReplaceOptions = {}): Promise<FileReplacement> {
    checkReplaceFile(path, options);
    const file = await ReplacedFile.open(this.#allowed(resolve(this.#host.cwd, path)), options);
    this.#files.add(file);
    if (this.#isOver) await this.end();
    const done = async (work: Promise<void>): Promise<void> => {
      await work;
      this.#files.delete(file);
    };
    return {
      write: (content) => file.write(typeof content === 'string' ? Buffer.from(content) : content),
      finish: () => file.finish(),
      commit: () => done(file.commit()),
      discard: () => done(file.discard()),
    };
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#files].map((file) => file.discard()));
  }

  #allowed(path: string): string {
    const { confinement, onDenied } = this.#host;
    if (this.#isOver) throw catalogued('DISPOSED', { subject: 'This execution' });
    if (confinement === undefined) return path;
    const { file, isGranted, isInOwnFolder } = grantedFile(path, confinement.write);
    // Where the plugin may write, it could put a link in the place of what was found: there, it writes itself.
    if (isGranted && !isInOwnFolder) return file;
    const error = confinement.denied(path);
    onDenied?.(error);
    throw error;
  }
}

/** @throws `OPTION_INVALID` */
export function checkReplaceFile(path: string, options: ReplaceOptions): void {
  checkOptions('context.replaceFile()', { path }, CALLED);
  checkOptions('context.replaceFile()', options, OPTIONS);
}

const { flag, limitOf, text } = optionRules;

const CALLED: OptionRules<{ readonly path: string }> = { path: text };

const OPTIONS: OptionRules<ReplaceOptions> = { durable: flag, mode: limitOf('permissions') };
