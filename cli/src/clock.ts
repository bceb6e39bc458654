/** Milliseconds since the process started. The global `performance` takes half of one to load. */
export function uptime(): number {
  return process.uptime() * 1000;
}
