import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, StructumError, messageOf, type PluginManifest } from '@structum/core';
import { formatManifest, readManifest } from '@structum/core/manifest';
import { describedPlugin, type PluginImport } from '../described-plugin.js';
import { noPackage, noPlugin, notBuilt } from '../errors.js';
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
 * @throws `LINK_NO_PACKAGE`, `LINK_NO_PLUGIN`, `LINK_NOT_BUILT`, `MANIFEST_INVALID`, `MANIFEST_UNWRITABLE`, and what {@link describedPlugin} throws.
 */
export async function pluginPackage(folder: string, how: PluginImport): Promise<PluginPackage> {
  const root = existingFolder(folder);
  const packageJson = packageJsonIn(root);
  const name = packageNameIn(root, packageJson);
  const file = join(root, MANIFEST_FILE);
  if (existsSync(file)) return { folder: root, name, manifest: readManifest(file), isDescribed: false };
  const manifest = await describe(root, packageJson, how);
  await writeManifest(file, formatManifest(manifest));
  return { folder: root, name, manifest, isDescribed: true };
}

/** Why there is no package in `folder`; `undefined` where there is one. */
export function packageProblem(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return stats === undefined ? 'there is no such folder' : 'it is a file, and no folder';
  return existsSync(join(folder, 'package.json')) ? undefined : 'it has no package.json';
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
  const problem = packageProblem(folder);
  if (problem !== undefined) throw noPackage(folder, problem);
  return realpathSync(folder);
}

function packageNameIn(folder: string, { name }: PackageJson): string {
  if (typeof name !== 'string' || name === '') throw noPackage(folder, 'its package.json has no name');
  if (!isPackageName(name)) throw noPackage(folder, `its package.json has the name ${JSON.stringify(name)}, which npm does not take`);
  return name;
}

/** What nobody has checked. */
type PackageJson = Readonly<Record<string, unknown>>;

function packageJsonIn(folder: string): PackageJson {
  try {
    return Object(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8').replace(/^\uFEFF/, ''))) as PackageJson;
  } catch (error) {
    throw noPackage(folder, `its package.json cannot be read: ${messageOf(error)}`);
  }
}

async function describe(folder: string, packageJson: PackageJson, how: PluginImport): Promise<PluginManifest> {
  try {
    return await describedPlugin(folder, how);
  } catch (error) {
    if (!StructumError.is(error) || error.code !== 'PLUGIN_ENTRY_MISSING') throw error;
    throw isDeclared(packageJson) ? notBuilt(folder, error) : noPlugin(folder, error);
  }
}

/** Whether a package says that it is a plugin, or that it works with Structum. */
function isDeclared({ keywords, structum, ...lists }: PackageJson): boolean {
  if (structum !== undefined || (Array.isArray(keywords) && keywords.includes('structum-plugin'))) return true;
  return ['dependencies', 'peerDependencies', 'devDependencies'].some((list) => Object.hasOwn(Object(lists[list]) as object, '@structum/core'));
}
