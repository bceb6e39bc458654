import { resolve } from 'node:path';
import type { FileReplacement, ReplaceOptions } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { grantedFile } from '../../security/index.js';
import type { CommandCall } from '../executor.js';
import { ProtocolViolation } from '../wire/protocol-violation.js';
import { shape } from './shape.js';

/** What a guest asks for a file that is being replaced for it. */
export const STEPS = ['write', 'finish', 'commit', 'discard'] as const;

/** What a guest learns about a file that it wants to replace: the number of what the host has begun for it. */
export interface BegunFile {
  /** Left out where the guest is to replace it itself. */
  readonly file?: number;
}

/** Files that are written for one call at once, each of which the host has open. */
const MOST_OPEN = 64;

interface OpenFile {
  readonly replacement: FileReplacement;
  isFinished: boolean;
  /** Whether something is being done with it: a guest waits until that is done. */
  isBusy: boolean;
}

/** The files that the host replaces for one call of a guest. */
export class DeskFiles {
  readonly #call: CommandCall;
  readonly #write: readonly string[] | undefined;
  readonly #count: (length: number) => void;
  readonly #files = new Map<number, OpenFile>();
  #opening = 0;
  #last = 0;

  /**
   * @param write - What the guest is confined to: absolute, with all links resolved; undefined where it is not.
   * @param count - Is told of each piece that is written; throws when it is too much.
   */
  constructor(call: CommandCall, write: readonly string[] | undefined, count: (length: number) => void) {
    this.#call = call;
    this.#write = write;
    this.#count = count;
  }

  /** @throws `PERMISSION_DENIED`, `LIMIT_EXCEEDED`, and what `node:fs` throws. */
  async begin(path: string, options: unknown): Promise<BegunFile> {
    const { unit, context } = this.#call;
    if (this.#write === undefined || grantedFile(resolve(context.cwd, path), this.#write).isInOwnFolder) return {};
    const open = [...this.#files.values()].filter(({ isFinished }) => !isFinished).length + this.#opening;
    if (open >= MOST_OPEN) throw catalogued('LIMIT_EXCEEDED', { plugin: unit.name, command: context.command, limit: 'openFiles', allowed: MOST_OPEN, isFixed: true });
    this.#opening += 1;
    try {
      // Its options are checked where they are heeded.
      const replacement = await context.replaceFile(path, options as ReplaceOptions);
      this.#last += 1;
      this.#files.set(this.#last, { replacement, isFinished: false, isBusy: false });
      return { file: this.#last };
    } finally {
      this.#opening -= 1;
    }
  }

  /** @throws `LIMIT_EXCEEDED`, and what `node:fs` throws. */
  async take(number: number, step: (typeof STEPS)[number], bytes: unknown): Promise<void> {
    const file = this.#files.get(number);
    if (file === undefined || file.isBusy) throw new ProtocolViolation('a request for a file that is not open, or busy');
    file.isBusy = true;
    try {
      if (step === 'write') await this.#append(file, shape.bytes(bytes));
      else await file.replacement[step]();
    } finally {
      file.isBusy = false;
    }
    if (step !== 'write') file.isFinished = true;
    if (step === 'commit' || step === 'discard') this.#files.delete(number);
  }

  #append({ replacement }: OpenFile, bytes: Uint8Array): Promise<void> {
    this.#count(bytes.byteLength);
    return replacement.write(bytes);
  }
}
