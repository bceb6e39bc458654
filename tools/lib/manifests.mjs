/** The plugins' manifests, made from the bundles that were just built. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeIfChanged } from './write.mjs';

/**
 * Writes the manifest of every plugin that is built.
 * @param {import('./workspace.mjs').Package[]} plugins
 * @returns {Promise<string[]>} the files, absolute
 */
export async function writeManifests(plugins) {
  const built = plugins.filter(({ folder }) => existsSync(join(folder, 'dist/plugin.cjs')));
  if (built.length === 0) return [];
  const { formatManifest, generateManifest } = await import('@structum/core/manifest');
  return Promise.all(built.map(async ({ folder, name, manifest }) => {
    const generated = await generateManifest({ folder });
    if (generated.file !== join(folder, manifest.structum.manifest)) throw new Error(`${name} names another manifest file`);
    writeIfChanged(generated.file, formatManifest(generated.manifest));
    return generated.file;
  }));
}
