/** How to run npm, also where `npm.cmd` would need a shell. */

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * npm as a JavaScript file where it can be found: the one that runs this script, or the one beside Node.
 * @returns {{ program: string, first: string[], shell: boolean }} `first` comes before the arguments
 */
export function npm() {
  const beside = join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
  for (const script of [process.env['npm_execpath'] ?? '', beside]) {
    if (basename(script) === 'npm-cli.js' && existsSync(script)) {
      return { program: process.execPath, first: [script], shell: false };
    }
  }
  // Node starts a `.cmd` file only through a shell; every argument that these scripts pass is their own.
  return process.platform === 'win32' ? { program: 'npm.cmd', first: [], shell: true } : { program: 'npm', first: [], shell: false };
}
