import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, type Finished } from './run.js';

/** A program, and what comes before its arguments. */
type Program = readonly [program: string, ...first: string[]];

/** npm, by its script where that lies beside Node: Windows starts `npm.cmd` through a shell only. */
export function npmProgram(): Program {
  const folder = dirname(process.execPath);
  const modules = [join(folder, 'node_modules'), join(folder, '../lib/node_modules')];
  const script = modules.map((path) => join(path, 'npm/bin/npm-cli.js')).find((file) => existsSync(file));
  return script === undefined ? ['npm'] : [process.execPath, script];
}

/** Runs npm to its end. It may need additional certificates for the network. */
export function runNpm(args: readonly string[], cwd: string): Promise<Finished> {
  const [program, ...first] = npmProgram();
  const { NODE_EXTRA_CA_CERTS: certificates } = process.env;
  return run(program, [...first, ...args], { cwd, env: { npm_config_update_notifier: 'false', NO_COLOR: '1', ...(certificates === undefined ? {} : { NODE_EXTRA_CA_CERTS: certificates }) } });
}
