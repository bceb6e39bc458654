/** Tarballs of every published package, as `npm publish` would send them. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { publicPackages, readJson, root } from './workspace.mjs';

/**
 * Packs the meta-package and all published packages.
 * @param {string} folder where the tarballs go
 * @returns {Map<string, string>} tarballs by package name, absolute
 */
export function packAll(folder) {
  const packages = [{ folder: root, manifest: readJson(join(root, 'package.json')) }, ...publicPackages()];
  return new Map(packages.map(({ folder: cwd, manifest }) => {
    const { program, first, shell } = npm();
    // Only the file's name goes to stdout; the notices and the output of `prepack` are no result.
    const output = execFileSync(program, [...first, 'pack', '--silent', '--foreground-scripts=false', '--pack-destination', folder], {
      cwd, shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'],
    });
    return [manifest.name, join(folder, output.trim().split('\n').at(-1) ?? '')];
  }));
}
