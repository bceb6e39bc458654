import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, runNode, type Finished } from './run.js';

/** Runs npm, by its script where that lies beside Node: Windows starts `npm.cmd` through a shell only. */
export function runNpm(args: readonly string[], cwd: string): Promise<Finished> {
  const folder = dirname(process.execPath);
  const script = [join(folder, 'node_modules'), join(folder, '../lib/node_modules')].map((modules) => join(modules, 'npm/bin/npm-cli.js')).find((file) => existsSync(file));
  const env = { npm_config_update_notifier: 'false', NO_COLOR: '1' };
  return script === undefined ? run('npm', args, { cwd, env }) : runNode([script, ...args], { cwd, env });
}
