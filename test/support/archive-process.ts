import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isTemporaryName } from '@structum/core';
import type { ArchiveInput, ArchiveResult } from '@structum/plugin-archive';

/** How an {@link ArchiveProcess} ended; only the signal when it was killed. */
export interface ArchiveOutcome {
  readonly result?: ArchiveResult;
  /** The code of the error that ended it. */
  readonly error?: string;
  readonly warnings?: readonly string[];
  /** What it told people. */
  readonly text?: string;
  readonly exitCode?: number;
  /** The most memory that it had, in bytes. */
  readonly memory?: number;
  readonly signal?: NodeJS.Signals;
}

const CHILD = fileURLToPath(import.meta.resolve('./archive-child.js'));

/** A user whom the permissions of files hold back, as they do not hold back root. */
const NOBODY = 65534;

/** `archive` in a process of its own, which is not root's even where the tests are. */
export class ArchiveProcess {
  readonly done: Promise<ArchiveOutcome>;
  private readonly child: ChildProcess;

  constructor(
    private readonly folder: string,
    input: Partial<ArchiveInput>,
  ) {
    const isRoot = process.getuid?.() === 0;
    if (isRoot) chmodSync(folder, 0o777);
    const child = spawn(process.execPath, [CHILD, folder, JSON.stringify(input)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    this.child = child;
    const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (_code, signal) => { resolve(signal); });
    });
    this.done = Promise.all([text(child.stdout), ended]).then(([output, signal]) =>
      signal === null ? (JSON.parse(output) as ArchiveOutcome) : { signal },
    );
  }

  /** Waits until the new archive is being written beside its place. */
  async writing(): Promise<void> {
    while (this.child.exitCode === null && temporaryFiles(this.folder).length === 0) await setTimeout(1);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** What of unfinished archives lies in a folder. */
export function temporaryFiles(folder: string): string[] {
  return readdirSync(folder).filter(isTemporaryName);
}
