import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { root } from '../support/folder.js';

/** What is tested of the benchmarks, which are scripts. */
export const modules = {
  statistics: () => load<{ summarize: (samples: readonly number[]) => Summary }>('statistics'),
  report: () => load<{ reportOf: (comparison: object) => Report; textOf: (report: Report) => string }>('report'),
  table: () => load<{ formatTable: (head: readonly string[], rows: readonly string[][]) => string; formatNumber: (value: number) => string }>('table'),
  environment: () => load<{ quietEnvironment: (env: Record<string, string>) => Record<string, string> }>('environment'),
};

interface Summary {
  readonly runs: number;
  readonly median: number;
  readonly min: number;
  readonly p95: number;
}

interface Report {
  readonly rows: readonly object[];
}

async function load<Module>(name: string): Promise<Module> {
  return (await import(pathToFileURL(join(root, 'bench/lib', `${name}.mjs`)).href)) as Module;
}
