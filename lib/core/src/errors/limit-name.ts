/** What a command may use up. */
export type LimitName = 'wallTime' | 'cpuTime' | 'memory' | 'output' | 'message' | 'openFiles' | 'processes';

/** What it may use up, for people: `100 bytes of output`. */
export function limitText(limit: LimitName, allowed: number | undefined): string {
  return `${allowed === undefined ? '' : `${String(allowed)} ${UNITS[limit]}`}${NAMES[limit]}`;
}

const UNITS: Readonly<Record<LimitName, string>> = { wallTime: 'ms of ', cpuTime: 'ms of ', memory: 'bytes of ', output: 'bytes of ', message: 'bytes of ', openFiles: '', processes: '' };
const NAMES: Readonly<Record<LimitName, string>> = { wallTime: 'time', cpuTime: 'processor time', memory: 'memory', output: 'output', message: 'one message', openFiles: 'open files', processes: 'processes' };

/** Its key in a configuration. */
export function limitKey(limit: LimitName): string {
  return limit.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
}
