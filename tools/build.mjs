/**
 * Builds the workspace: `tsc -b` for types and unit tests, esbuild for the bundles that packages ship.
 * Does nothing when nothing changed. `--force` builds regardless.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './lib/bundle.mjs';
import { withLock } from './lib/lock.mjs';
import { writeManifests } from './lib/manifests.mjs';
import { fingerprint, isUpToDate, removeStamp, writeStamp } from './lib/stamp.mjs';
import { packages, publicPackages, root } from './lib/workspace.mjs';

if (process.argv.includes('--force') || !isUpToDate()) await withLock(join(root, 'build/lock'), build);

async function build() {
  // Another process may have finished the same build while this one waited for the lock.
  if (!process.argv.includes('--force') && isUpToDate()) return;
  const inputs = fingerprint();
  removeStamp();
  for (const { folder } of packages()) removeOrphans(folder);
  for (const { folder } of publicPackages()) linkInternals(folder);
  // Bundles are written even when types are wrong: tests of one package may run while another is being worked on.
  const [typesAreRight, bundles] = await Promise.all([compile(), bundleAll()]);
  if (typesAreRight && bundles !== undefined) {
    removeLeftovers(bundles);
    writeStamp(inputs, bundles);
  } else process.exitCode = 1;
}

/** @returns {Promise<boolean>} */
function compile() {
  const arguments_ = [join(root, 'node_modules/typescript/bin/tsc'), '-b', '--pretty', process.stderr.isTTY ? 'true' : 'false'];
  const compiler = spawn(process.execPath, arguments_, { cwd: root, stdio: ['ignore', process.stderr, 'inherit'] });
  return new Promise((resolve, reject) => {
    compiler.once('error', reject);
    compiler.once('close', (code) => { resolve(code === 0); });
  });
}

/** @returns {Promise<string[] | undefined>} the files written, or undefined when a package could not be bundled */
async function bundleAll() {
  const results = await Promise.allSettled(publicPackages().map(bundle));
  const failures = results.filter((result) => result.status === 'rejected');
  // esbuild has already printed what is wrong with the sources; anything else is a fault of this script.
  for (const { reason } of failures) if (!('errors' in Object(reason))) throw reason;
  const bundles = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const manifests = await describePlugins();
  return failures.length === 0 && manifests !== undefined ? [...bundles, ...manifests] : undefined;
}

/** @returns {Promise<string[] | undefined>} the manifests written, or undefined when a plugin has none to give */
async function describePlugins() {
  try {
    return await writeManifests(publicPackages().filter(({ kind }) => kind === 'plugin'));
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

/**
 * Compiled files whose source is gone would still be found, by mocha for one.
 * @param {string} folder
 */
function removeOrphans(folder) {
  const sources = existsSync(join(folder, 'src')) ? join(folder, 'src') : folder;
  const visit = (/** @type {string} */ path) => {
    for (const entry of readdirSync(join(folder, 'build', path), { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (child.endsWith('.js') && !existsSync(join(sources, child.replace(/\.js$/, '.ts')))) {
        for (const suffix of ['.js', '.js.map', '.d.ts', '.d.ts.map']) {
          rmSync(join(folder, 'build', child.replace(/\.js$/, suffix)), { force: true });
        }
      }
    }
  };
  if (existsSync(join(folder, 'build'))) visit('');
}

/**
 * Packages ship the whole of dist/: what no source makes any more must go. Declarations are made when packing.
 * @param {string[]} outputs
 */
function removeLeftovers(outputs) {
  const current = new Set(outputs);
  for (const { folder } of publicPackages()) {
    const dist = join(folder, 'dist');
    for (const name of existsSync(dist) ? readdirSync(dist) : []) {
      if (!current.has(join(dist, name)) && !/\.d\.c?ts$/.test(name)) rmSync(join(dist, name), { recursive: true });
    }
  }
}

/**
 * Unit tests import what a package does not export as `#internal/<folder>/…`: see `imports` in test/package.json.
 * @param {string} folder
 */
function linkInternals(folder) {
  const links = join(root, 'test/build/internal');
  const link = join(links, basename(folder));
  mkdirSync(links, { recursive: true });
  // On Windows a junction needs no privilege; elsewhere the type is ignored.
  if (!existsSync(link)) {
    rmSync(link, { force: true });
    symlinkSync(join(folder, 'build'), link, 'junction');
  }
}
