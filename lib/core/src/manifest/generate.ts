import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MANIFEST_FILE, type PluginManifest } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { entryOf, importModule, readPackageJson, type PackageJson } from '../platform/index.js';
import { allCommandsOf, describePlugin, requirePluginOptions } from './describe.js';
import { loaded } from './loaded.js';
import { pluginClassIn } from './plugin-class.js';

/** A manifest and the file where it belongs. */
export interface GeneratedManifest {
  readonly manifest: PluginManifest;
  /** `structum.manifest.json` beside the plugin's `package.json`. */
  readonly file: string;
}

/**
 * Makes the manifest of the plugin whose package is in `folder`, by importing the plugin and all of its commands.
 * Writes nothing.
 *
 * The manifest stands beside `package.json`: hosts look nowhere else. The plugin is the default export of `structum.entry` of its `package.json`, or of the package's main entry.
 * @throws `PACKAGE_UNREADABLE`, `PLUGIN_ENTRY_MISSING`, `PLUGIN_LOAD_FAILED`, `PLUGIN_NOT_DESCRIBED`, `PLUGIN_INVALID`, `COMMAND_INVALID`.
 */
export async function generateManifest({ folder }: { readonly folder: string }): Promise<GeneratedManifest> {
  const root = resolve(folder);
  const packageFile = join(root, 'package.json');
  const packageJson = readPackageJson(packageFile);
  refuseOtherPlace(packageFile, packageJson);
  const entry = entryOf(packageJson);
  const entryFile = join(root, entry);
  if (!existsSync(entryFile)) throw catalogued('PLUGIN_ENTRY_MISSING', { folder: root, entry });
  const loading = { plugin: packageJson.name ?? root, file: entryFile };
  const type = pluginClassIn(await loaded(loading, () => importModule(entryFile, root)), `The default export of ${entryFile}`);
  const options = requirePluginOptions(type);
  const commands = await loaded(loading, () => allCommandsOf(options));
  const manifest = describePlugin(type, commands, { version: packageJson.version, keywords: packageJson.keywords, entry });
  return { manifest, file: join(root, MANIFEST_FILE) };
}

/** A manifest as its file holds it. */
export function formatManifest(manifest: PluginManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Hosts find a manifest by its place, without reading `package.json` first. */
function refuseOtherPlace(file: string, { structum }: PackageJson): void {
  const place = structum?.manifest;
  if (place === undefined || place === MANIFEST_FILE || place === `./${MANIFEST_FILE}`) return;
  throw catalogued('PACKAGE_UNREADABLE', { file, reason: `its "structum.manifest" is "${place}", and hosts look for ./${MANIFEST_FILE} only` });
}
