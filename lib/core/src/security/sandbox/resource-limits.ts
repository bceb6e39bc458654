import type { ProcessLimits } from './confinement.js';

const KIBIBYTE = 1024;

/** Words of a command line that limit the command behind them, and all it starts. */
export function limitingWords(limits: ProcessLimits, dataLimit: number | undefined): string[] {
  const settings = [
    'ulimit -c 0',
    ...(dataLimit === undefined ? [] : [`ulimit -d ${String(Math.ceil(dataLimit / KIBIBYTE))}`]),
    ...(limits.openFiles === undefined ? [] : [`ulimit -n ${String(limits.openFiles)}`]),
    ...(limits.cpuTime === undefined ? [] : cpuTime(Math.ceil(limits.cpuTime / 1000))),
  ];
  return ['/bin/sh', '-c', `${settings.join(' && ')} && exec "$@"`, 'sh'];
}

/** SIGXCPU at the limit tells why; SIGKILL a second later ends what does not listen. */
function cpuTime(seconds: number): string[] {
  return [`ulimit -S -t ${String(seconds)}`, `ulimit -H -t ${String(seconds + 1)}`];
}
