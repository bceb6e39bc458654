/** Resolves after `duration` milliseconds. `node:timers/promises` would cost every start its loading. */
export function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, duration); });
}
