import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Output } from '@structum/core';
import { descriptorOf } from './descriptors.js';
import { outputError, outputIsAFolder } from './errors.js';
import { linkTarget } from './link-target.js';

/** Where one archive is written. */
export interface Destination {
  /** Takes all of `bytes` before it is done; they may be overwritten afterwards. */
  write(bytes: Buffer): void | Promise<void>;
  /** No more is written. */
  close(): void;
  /** Puts the archive in its place, once it is closed. */
  commit(): void;
  /** Leaves things as they were before, as far as that can be. Does nothing after `commit`. */
  discard(): void;
}

/** The names that archives have while they are written. */
export const TEMPORARY_NAME = /^\.structum-archive-[0-9a-f]{16}\.tmp$/;

/**
 * A file. A regular one is written beside its place and renamed, so that there is a whole archive at every
 * moment: the old one or the new one; devices and pipes are written to as they are, and files that are open in
 * this process (`/dev/stdout`) where it stands in them.
 * @throws `ARCHIVE_OUTPUT_FOLDER_MISSING`, `ARCHIVE_OUTPUT_IS_A_FOLDER`, `ARCHIVE_OUTPUT_UNWRITABLE`
 */
export function openFile(output: string): Destination {
  return guarded(output, () => {
    const existing = statSync(output, { throwIfNoEntry: false });
    if (existing?.isDirectory() === true) throw outputIsAFolder(output);
    if (existing !== undefined && !existing.isFile()) return new DirectFile(output);
    const descriptor = existing === undefined ? undefined : descriptorOf(output);
    if (descriptor !== undefined) return new OpenFile(output, descriptor);
    return new ReplacedFile(output, existing);
  });
}

/** The command's own output. */
export function toOutput(output: Output): Destination {
  return {
    write: (bytes) => output.write(Buffer.from(bytes)),
    close: () => undefined,
    commit: () => undefined,
    discard: () => undefined,
  };
}

/** Does what may throw errors of `node:fs`, and makes them errors about `output`. */
function guarded<Result>(output: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw outputError(output, missingFolder(output, error), error);
    throw error;
  }
}

/** A file that somebody else opened, and will close. */
class OpenFile implements Destination {
  constructor(
    private readonly output: string,
    private readonly descriptor: number,
  ) {}

  write(bytes: Buffer): void {
    guarded(this.output, () => { writeAll(this.descriptor, bytes); });
  }

  close(): void { /* not ours */ }
  commit(): void { /* it is there */ }
  discard(): void { /* what is written is written */ }
}

/** The folder that an error is about: that of the output, or the one that a link leads to. */
function missingFolder(output: string, error: Error): string {
  return dirname('path' in error && typeof error.path === 'string' ? error.path : output);
}

/** What a file and a device have in common: bytes go to a descriptor. */
abstract class DescriptorDestination implements Destination {
  private isOpen = true;

  constructor(
    protected readonly output: string,
    private readonly descriptor: number,
  ) {}

  write(bytes: Buffer): void {
    guarded(this.output, () => { writeAll(this.descriptor, bytes); });
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    guarded(this.output, () => { closeSync(this.descriptor); });
  }

  abstract commit(): void;
  abstract discard(): void;
}

class DirectFile extends DescriptorDestination {
  constructor(output: string) {
    super(output, openSync(output, 'w'));
  }

  commit(): void {
    this.close();
  }

  discard(): void {
    this.close();
  }
}

class ReplacedFile extends DescriptorDestination {
  private readonly target: string;
  private readonly temporary: string;
  private isCommitted = false;

  constructor(output: string, existing: Stats | undefined) {
    // What a link points to is replaced, not the link, and so is what it will point to.
    const target = existing === undefined ? linkTarget(output) : realpathSync(output);
    // A file that may not be written is not to be replaced either.
    if (existing !== undefined) closeSync(openSync(target, 'r+'));
    const temporary = join(dirname(target), `.structum-archive-${randomBytes(8).toString('hex')}.tmp`);
    const descriptor = openSync(temporary, 'wx');
    super(output, descriptor);
    this.target = target;
    this.temporary = temporary;
    if (existing !== undefined) fchmodSync(descriptor, existing.mode & 0o777);
  }

  commit(): void {
    guarded(this.output, () => { renameSync(this.temporary, this.target); });
    this.isCommitted = true;
  }

  discard(): void {
    if (this.isCommitted) return;
    try {
      this.close();
    } finally {
      rmSync(this.temporary, { force: true });
    }
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
