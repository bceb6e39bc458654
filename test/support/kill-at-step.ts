import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a program: kills its process where it takes a step in changing what is in a folder; a write, when it is
// half done. STRUCTUM_KILL_IN is the folder and STRUCTUM_KILL_AT the number of the step. Without a number the steps are
// counted, and told on descriptor 3.

type Functions = Record<string, (this: unknown, ...args: unknown[]) => unknown>;

/** What one function has to do with the folder. */
interface Step {
  /** Whether a call changes something in the folder. */
  readonly concerns: (self: unknown, args: readonly unknown[]) => boolean;
  /** Does a part of it. */
  readonly begin?: (self: unknown, args: readonly unknown[]) => void;
  /** Told what it gave. */
  readonly done?: (result: unknown) => void;
}

const folder = process.env['STRUCTUM_KILL_IN'] ?? '';
const last = Number(process.env['STRUCTUM_KILL_AT'] ?? Infinity);
const { writeSync } = fs;
const descriptors = new Set<unknown>();
const handles = new Set<unknown>();
let steps = 0;

// Processes that this one starts are not meant.
delete process.env['NODE_OPTIONS'];

const byPath = { concerns: isInFolder };
for (const name of ['chmod', 'copyFile', 'link', 'mkdir', 'rename', 'rm', 'rmdir', 'symlink', 'truncate', 'unlink', 'writeFile']) {
  watchCalls(fs.promises, name, byPath);
  watchCalls(fs, `${name}Sync`, byPath);
}
watchCalls(fs, 'openSync', { concerns: isOpenedForWriting, done: (descriptor) => { descriptors.add(descriptor); } });
watchCalls(fs, 'writeSync', {
  concerns: (_, [descriptor]) => descriptors.has(descriptor),
  begin: (_, [descriptor, content]) => { writeSync(Number(descriptor), halfOf(content)); },
});
watchCalls(fs.promises, 'open', {
  concerns: isOpenedForWriting,
  done: (opened) => { void Promise.resolve(opened).then((handle) => { handles.add(handle); }, () => undefined); },
});
for (const name of ['chmod', 'sync', 'truncate']) watchCalls(await handlePrototype(), name, { concerns: (self) => handles.has(self) });
for (const name of ['write', 'writeFile']) {
  watchCalls(await handlePrototype(), name, {
    concerns: (self) => handles.has(self),
    begin: (self, [content]) => { writeSync((self as fs.promises.FileHandle).fd, halfOf(content)); },
  });
}
syncBuiltinESMExports();
if (last === Infinity) process.once('exit', () => { writeSync(3, String(steps)); });

/** Counts the calls that are steps, and ends the process at the last one. */
function watchCalls(owner: unknown, name: string, { concerns, begin, done }: Step): void {
  const functions = owner as Functions;
  const original = functions[name];
  if (original === undefined) throw new Error(`node:fs has no ${name}`);
  functions[name] = function counted(...args) {
    if (!concerns(this, args)) return original.apply(this, args);
    steps += 1;
    if (steps === last) {
      begin?.(this, args);
      process.kill(process.pid, 'SIGKILL');
    }
    const result = original.apply(this, args);
    done?.(result);
    return result;
  };
}

function isInFolder(_: unknown, args: readonly unknown[]): boolean {
  return args.some((argument) => typeof argument === 'string' && argument.startsWith(folder));
}

function isOpenedForWriting(self: unknown, args: readonly unknown[]): boolean {
  return typeof args[1] === 'string' && args[1] !== 'r' && isInFolder(self, args);
}

function halfOf(content: unknown): Uint8Array {
  const bytes = typeof content === 'string' ? Buffer.from(content) : (content as Uint8Array);
  return bytes.subarray(0, bytes.length / 2);
}

async function handlePrototype(): Promise<unknown> {
  const handle = await fs.promises.open(process.execPath, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle);
}
