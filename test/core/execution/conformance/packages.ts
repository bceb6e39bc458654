import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { linkCore, root, temporaryFolder, writeFiles } from '../../../support/folder.js';

const FIXTURES = join(root, 'test/core/execution/conformance/fixtures');

/** The packages of the plugins: the probe, one that it requires, and one whose commands it calls. */
export const PACKAGES = ['helper', 'neighbour', 'probe'] as const;

let made: Promise<string> | undefined;

/** A folder whose `node_modules` hold the packages. It is made once. */
export function packagesFolder(): Promise<string> {
  made ??= writePackages(temporaryFolder());
  return made;
}

/** Installs the packages into `folder`, each with its manifest. */
async function writePackages(folder: string): Promise<string> {
  linkCore(folder);
  for (const name of PACKAGES) await writePlugin(folder, name, join(FIXTURES, name));
  return folder;
}

async function writePlugin(folder: string, name: string, source: string): Promise<void> {
  const target = join(folder, 'node_modules', name);
  cpSync(source, target, { recursive: true });
  writeFiles(target, { 'package.json': { name, version: '1.2.3', main: './index.cjs', structum: {} } });
  const { manifest } = await generateManifest({ folder: target });
  writeFiles(target, { [MANIFEST_FILE]: formatManifest(manifest) });
}
