import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { enableCompileCache } from './compile-cache.js';
import { isClosedPipe, writeFully } from './terminal/descriptor.js';

declare const __STRUCTUM_VERSION__: string | undefined;

/** How long something that a plugin left running may keep the process after the command's end. */
const LINGER_MS = 1000;

// Before anything is loaded: until then, the signal opens the inspector for whoever sends it. `keepInspectorShut()` is for later.
if (process.platform !== 'win32' && !process.execArgv.some((option) => option.startsWith('--inspect'))) process.on('SIGUSR1', () => undefined);
if (process.argv.length === 3 && process.argv[2] === '--version') printVersion();
else run().catch(tell);

/** Without the rest of the program, which takes longer to load than this takes to run. */
function printVersion(): void {
  try {
    writeFully(1, `${typeof __STRUCTUM_VERSION__ === 'string' ? __STRUCTUM_VERSION__ : '0.0.0'}\n`);
  } catch (error) {
    if (!isClosedPipe(error)) tell(error, 'The output could not be written: ');
  }
}

/** The last resort, for what goes wrong outside of the command line itself, which tells of its errors. */
function tell(error: unknown, what = ''): void {
  process.exitCode = 1;
  try {
    writeFully(2, `error: ${what}${error instanceof Error ? error.message : String(error)}\n`);
  } catch {
    // Nobody listens; the exit code still says it.
  }
}

async function run(): Promise<void> {
  enableCompileCache();
  const { runCli } = await import('./index.js');
  process.exitCode = await runCli({ from: locations() });
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/**
 * This file, the program that loaded it (the package `structum`, which brings the plugins), and the paths that led to
 * it: pnpm starts through a link from the project's own `node_modules`, and what is linked for development through one
 * from the user's, where the plugins are.
 */
function locations(): string[] {
  const started = process.argv[1];
  if (started === undefined) return [import.meta.filename];
  const installed = [...linksFrom(started)].filter((path) => /[\\/]node_modules[\\/]/.test(path));
  return [...new Set([import.meta.filename, realpathSync(started), ...installed])];
}

/** A path, and where it leads as far as it is a link itself, one after the other. */
function* linksFrom(path: string): Generator<string> {
  yield path;
  if (lstatSync(path).isSymbolicLink()) yield* linksFrom(resolve(dirname(path), readlinkSync(path)));
}
