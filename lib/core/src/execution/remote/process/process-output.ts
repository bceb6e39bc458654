import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** What a guest's process wrote past its host. */
export interface HandedOn {
  /** Whether the last words of the process say so. */
  readonly isOutOfMemory: boolean;
}

/** Node's own last words, which are for nobody else. */
const LAST_WORDS = /^(?:<--- |FATAL ERROR: |#\s*$|----- Native stack trace -----)/m;

const OUT_OF_MEMORY = /heap out of memory|Allocation failed|out of memory/i;

/** As much of the last words is kept. */
const KEPT = 4096;

/**
 * Hands on what the process of a guest writes to its standard streams to those of this one, as plugins in this thread do it.
 *
 * @param limit - How many bytes it may write; `onExceeded` is called when it writes more, and no more is handed on.
 */
export function handOnOutput(child: ChildProcess, limit: number, onExceeded: () => void): HandedOn {
  let written = 0;
  const counted = (chunk: Buffer): Buffer => {
    written += chunk.length;
    if (written <= limit) return chunk;
    onExceeded();
    return Buffer.alloc(0);
  };
  let lastWords: string | undefined;
  follow(child.stdout, process.stdout, counted);
  follow(child.stderr, process.stderr, (chunk) => {
    const text = chunk.toString();
    const start = lastWords === undefined ? text.search(LAST_WORDS) : 0;
    if (start === -1) return counted(chunk);
    lastWords = `${lastWords ?? ''}${text.slice(start)}`.slice(0, KEPT);
    return Buffer.from(text.slice(0, start));
  });
  return {
    get isOutOfMemory() {
      return lastWords !== undefined && OUT_OF_MEMORY.test(lastWords);
    },
  };
}

/** Hands on what `part` gives of each chunk, as much as the target takes. */
function follow(source: Readable | null, target: Writable, part: (chunk: Buffer) => Uint8Array): void {
  if (source === null) return;
  source.on('error', () => undefined);
  source.on('data', (chunk: Buffer) => {
    const own = part(chunk);
    if (own.length === 0 || target.write(own) || source.isPaused()) return;
    source.pause();
    target.once('drain', () => { source.resume(); });
  });
}
