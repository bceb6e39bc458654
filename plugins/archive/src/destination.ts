import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileReplacement, FileReplacer, Output } from '@structum/core';
import { descriptorOf } from './descriptors.js';
import { outputError, outputIsAFolder } from './errors.js';
import { visibleStats } from './visible-stats.js';

/** Where one archive is written. */
export interface Destination {
  /** Takes all of `bytes` before it is done; they may be overwritten afterwards. */
  write(bytes: Buffer): void | Promise<void>;
  /** No more is written. */
  close(): void | Promise<void>;
  /** Puts the archive in its place, once it is closed. */
  commit(): void | Promise<void>;
  /** Leaves things as they were before, as far as that can be. Does nothing after `commit`. */
  discard(): void | Promise<void>;
}

/**
 * A file. A regular one is written beside its place and renamed, so that there is a whole archive at every
 * moment: the old one or the new one; devices and pipes are written to as they are, and files that are open in
 * this process (`/dev/stdout`) where it stands in them.
 * @throws `ARCHIVE_OUTPUT_FOLDER_MISSING`, `ARCHIVE_OUTPUT_IS_A_FOLDER`, `ARCHIVE_OUTPUT_UNWRITABLE`
 */
export async function openFile(output: string, files: FileReplacer): Promise<Destination> {
  return guarded(output, async () => {
    const existing = visibleStats(output);
    if (existing?.isDirectory() === true) throw outputIsAFolder(output);
    if (existing !== undefined && !existing.isFile()) return new DirectFile(output);
    const descriptor = existing === undefined ? undefined : descriptorOf(output);
    if (descriptor !== undefined) return new OpenFile(output, descriptor);
    // An archive is made again as quickly as it is waited for.
    return new ReplacedFile(output, await files.replaceFile(output, { durable: false }));
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
async function guarded<Result>(output: string, action: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    if ('code' in error && error.code === 'EISDIR') throw outputIsAFolder(output);
    throw outputError(output, missingFolder(output, error), error);
  }
}

/** A file that somebody else opened, and will close. */
class OpenFile implements Destination {
  constructor(
    private readonly output: string,
    private readonly descriptor: number,
  ) {}

  write(bytes: Buffer): Promise<void> {
    return guarded(this.output, () => { writeAll(this.descriptor, bytes); });
  }

  close(): void { /* not ours */ }
  commit(): void { /* it is there */ }
  discard(): void { /* what is written is written */ }
}

/** The folder that an error is about: that of the output, or the one that a link leads to. */
function missingFolder(output: string, error: Error): string {
  return dirname('path' in error && typeof error.path === 'string' ? error.path : output);
}

/** A device, or a pipe. */
class DirectFile implements Destination {
  private readonly descriptor: number;
  private isOpen = true;

  constructor(private readonly output: string) {
    this.descriptor = openSync(output, 'w');
  }

  write(bytes: Buffer): Promise<void> {
    return guarded(this.output, () => { writeAll(this.descriptor, bytes); });
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    await guarded(this.output, () => { closeSync(this.descriptor); });
  }

  commit(): Promise<void> {
    return this.close();
  }

  discard(): Promise<void> {
    return this.close();
  }
}

/** A file that takes its place as a whole. */
class ReplacedFile implements Destination {
  constructor(
    private readonly output: string,
    private readonly replacement: FileReplacement,
  ) {}

  write(bytes: Buffer): Promise<void> {
    return guarded(this.output, () => this.replacement.write(bytes));
  }

  close(): Promise<void> {
    return guarded(this.output, () => this.replacement.finish());
  }

  commit(): Promise<void> {
    return guarded(this.output, () => this.replacement.commit());
  }

  discard(): Promise<void> {
    return this.replacement.discard();
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
}
