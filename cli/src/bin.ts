import { isClosedPipe, writeFully } from './terminal/descriptor.js';

declare const __STRUCTUM_VERSION__: string | undefined;

/** How long something that a plugin left running may keep the process after the command's end. */
const LINGER_MS = 1000;

if (process.argv.length === 3 && process.argv[2] === '--version') printVersion();
else void run();

/** Without the rest of the program, which takes longer to load than this takes to run. */
function printVersion(): void {
  try {
    writeFully(1, `${typeof __STRUCTUM_VERSION__ === 'string' ? __STRUCTUM_VERSION__ : '0.0.0'}\n`);
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

async function run(): Promise<void> {
  const { runCli } = await import('./run-cli.js');
  process.exitCode = await runCli({ from: locations() });
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/**
 * This file, and the path it was started by: pnpm starts it through a link from the project's own `node_modules`,
 * where the plugins are.
 */
function locations(): string[] {
  const started = process.argv[1];
  const isInstalled = started !== undefined && /[\\/]node_modules[\\/]/.test(started) && started !== import.meta.filename;
  return isInstalled ? [import.meta.filename, started] : [import.meta.filename];
}
