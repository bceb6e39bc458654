import { fstatSync } from 'node:fs';

/** Descriptor of the standard output. */
const STDOUT = 1;

/** Whether `output`, an absolute path, is another name of this process's standard output. */
export function isStandardOutput(output: string): boolean {
  return descriptorOf(output) === STDOUT;
}

/** The descriptor of this process that `output`, an absolute path, is a name of: `/dev/stdout`, `/proc/self/fd/1`. */
export function descriptorOf(output: string): number | undefined {
  if (process.platform === 'win32') return undefined;
  const number = NUMBERED.exec(output)?.[1];
  return number === undefined ? NAMED.get(output) : Number(number);
}

const NUMBERED = new RegExp(`^/(?:dev|proc/(?:self|thread-self|${String(process.pid)}))/fd/(\\d+)$`);

const NAMED: ReadonlyMap<string, number> = new Map([['/dev/stdout', STDOUT], ['/dev/stderr', 2]]);

/** Which file the standard output goes to; `undefined` when it is none, or closed. */
export function standardOutputFile(): FileIdentity | undefined {
  try {
    const stats = fstatSync(STDOUT, { bigint: true });
    return stats.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}

/** What tells a file from all others, whatever its names are. */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Whether both are the same file; what is not there is none. */
export function isSameFile(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  return one !== undefined && one.ino === other?.ino && one.dev === other.dev;
}
