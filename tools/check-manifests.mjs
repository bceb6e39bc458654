/**
 * Compares the manifest of every official plugin, and the one that a sample has in the repository, with its code,
 * through the command that plugin authors use.
 */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { publicPackages, root } from './lib/workspace.mjs';

const cli = join(root, 'tools/structum.mjs');
const plugins = publicPackages().filter(({ kind }) => kind === 'plugin').map(({ folder }) => folder);
for (const folder of [...plugins, join(root, 'samples/javascript-plugin')]) {
  const { status } = spawnSync(process.execPath, [cli, 'plugins', 'manifest', folder, '--check'], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
