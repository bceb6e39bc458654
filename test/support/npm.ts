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

/** Runs npm to its end. */
export function runNpm(args: readonly string[], cwd: string): Promise<Finished> {
  const [program, ...first] = npmProgram();
  return run(program, [...first, ...args], { cwd, env: { npm_config_update_notifier: 'false', NO_COLOR: '1' } });
}
