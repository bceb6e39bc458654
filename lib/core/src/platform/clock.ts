/** Milliseconds since the process started: `performance.now()` would load all of `node:perf_hooks` at the start. */
export function uptime(): number {
  return process.uptime() * 1000;
}
