/** Whether this process listens already. */
let isGuarded = false;

/**
 * Keeps this process's inspector shut, from now on: Node opens it for anybody who can send SIGUSR1, which a process of a
 * plugin can where the system does not confine it, and whoever connects to it runs code of his own. A process that was
 * started with `--inspect` has opened it for itself, and is left as it is; Windows has no such signal.
 *
 * A listener of the signal takes the place of what Node does. It stays: without one, the signal would end the process.
 */
export function keepInspectorShut(): void {
  if (isGuarded || process.platform === 'win32' || isInspected()) return;
  isGuarded = true;
  process.on('SIGUSR1', () => undefined);
}

function isInspected(): boolean {
  const options = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)];
  return options.some((option) => /^--inspect(?:-brk|-wait)?(?:=|$)/.test(option));
}
