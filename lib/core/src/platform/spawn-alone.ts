import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';

/** How to start a process, with what it gets from the descriptor 0 on. */
export interface AloneOptions extends Omit<SpawnOptions, 'stdio'> {
  readonly stdio: readonly Exclude<SpawnOptions['stdio'], undefined | string>[number][];
}

/**
 * `spawn()` of a process that gets nothing which this one has open but what `stdio` says: not what whoever started this one
 * left open for it either.
 */
export function spawnAlone(program: string, args: readonly string[], { stdio, ...options }: AloneOptions): ChildProcess {
  const inherited = inheritedDescriptors().filter((descriptor) => descriptor >= stdio.length);
  const nothing = inherited.length === 0 ? undefined : openSync('/dev/null', 'r');
  try {
    // What is ignored there stays as it is: something else has to take its place.
    const others = Array.from({ length: Math.max(stdio.length - 1, ...inherited) + 1 - stdio.length }, (_, index) => (inherited.includes(stdio.length + index) ? nothing : 'ignore' as const));
    return spawn(program, [...args], { ...options, stdio: [...stdio, ...others] });
  } finally {
    if (nothing !== undefined) closeSync(nothing);
  }
}

const DESCRIPTORS = '/proc/self/fdinfo';

const CLOSE_ON_EXEC = 0o2000000;

/** What every process gets that this one starts; only Linux gives it: Node closes what it opened, and macOS closes all. */
function inheritedDescriptors(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync(DESCRIPTORS).map(Number).filter((descriptor) => descriptor > 2 && isInherited(descriptor));
}

function isInherited(descriptor: number): boolean {
  try {
    const [, flags = '0'] = /^flags:\s*([0-7]+)/m.exec(readFileSync(`${DESCRIPTORS}/${String(descriptor)}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // It was the one that read the folder.
    return false;
  }
}
