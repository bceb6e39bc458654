import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, StructumError, messageOf, type PluginManifest } from '@structum/core';
import { formatManifest, readManifest } from '@structum/core/manifest';
import { describedPlugin, type PluginImport } from '../described-plugin.js';
import { noPackage, notBuilt } from '../errors.js';
import { writeManifest } from '../manifest-file.js';
import { isPackageName } from '../package-name.js';

/** A package with a plugin, as it lies in its folder. */
export interface PluginPackage {
  /** Absolute, links resolved. */
  readonly folder: string;
  /** The name in its `package.json`. */
  readonly name: string;
  readonly manifest: PluginManifest;
  /** Whether the manifest was not there, and was made from the built code. */
  readonly isDescribed: boolean;
}

/**
 * The package in `folder`. A plugin that has no manifest yet gets one: its code is imported for that, once, by another process.
 * @throws `LINK_NO_PACKAGE`, `LINK_NOT_BUILT`, `MANIFEST_INVALID`, `MANIFEST_UNWRITABLE`, and what {@link describedPlugin} throws.
 */
export async function pluginPackage(folder: string, how: PluginImport): Promise<PluginPackage> {
  const root = existingFolder(folder);
  const name = packageNameIn(root);
  const file = join(root, MANIFEST_FILE);
  if (existsSync(file)) return { folder: root, name, manifest: readManifest(file), isDescribed: false };
  const manifest = await describe(root, how);
  await writeManifest(file, formatManifest(manifest));
  return { folder: root, name, manifest, isDescribed: true };
}

/** The plugin's name as its manifest has it; `undefined` where nothing can be read. */
export function pluginNameIn(folder: string): string | undefined {
  try {
    return readManifest(join(folder, MANIFEST_FILE)).name;
  } catch {
    return undefined;
  }
}

function existingFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw noPackage(folder, 'there is no such folder');
  return realpathSync(folder);
}

function packageNameIn(folder: string): string {
  const name = nameOf(readPackageJson(folder));
  if (name === undefined) throw noPackage(folder, 'its package.json has no name');
  if (!isPackageName(name)) throw noPackage(folder, `its package.json has the name ${JSON.stringify(name)}, which npm does not take`);
  return name;
}

function readPackageJson(folder: string): unknown {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw noPackage(folder, 'it has no package.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw noPackage(folder, `its package.json cannot be read: ${messageOf(error)}`);
  }
}

function nameOf(packageJson: unknown): string | undefined {
  const name: unknown = typeof packageJson === 'object' && packageJson !== null && 'name' in packageJson ? packageJson.name : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

async function describe(folder: string, how: PluginImport): Promise<PluginManifest> {
  try {
    return await describedPlugin(folder, how);
  } catch (error) {
    // The package can be read: what is missing is its entry.
    if (StructumError.is(error) && error.code === 'PACKAGE_UNREADABLE') throw notBuilt(folder, error);
    throw error;
  }
}
