/** Compares every official plugin's manifest with its code, through the command that plugin authors use. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { publicPackages, root } from './lib/workspace.mjs';

const cli = join(root, 'tools/structum.mjs');
for (const { kind, folder } of publicPackages()) {
  if (kind !== 'plugin') continue;
  const { status } = spawnSync(process.execPath, [cli, 'plugins', 'manifest', folder, '--check'], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
