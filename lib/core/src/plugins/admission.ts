import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandOptionsOf, MANIFEST_FILE, type CommandClass, type PluginClass, type PluginManifest, type PluginOptions } from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { allCommandsOf, describePlugin, pluginFingerprint, requirePluginOptions } from '../manifest/describe.js';
import { pluginClassIn } from '../manifest/plugin-class.js';
import { readManifest } from '../manifest/read.js';
import { importModule, packageFolderOf, readPackageJson, resolveModule, toFilePath } from '../platform/index.js';
import type { FoundPackage } from './discovery.js';
import { PluginUnit } from './plugin-unit.js';

/** A plugin for a host: its class, its imported module, or the name of its package or module. */
export type PluginInput = PluginClass | { readonly default: PluginClass } | string;

/** A plugin as it was given to a host, and as much of its code as is there already. */
export interface AdmittedPlugin {
  readonly unit: PluginUnit;
  readonly type?: PluginClass;
  /** Those of its command classes that need no import. */
  readonly commands: readonly CommandClass[];
}

/**
 * Turns what a host was given into a plugin with a manifest.
 *
 * @param locations - Files of the modules that names are resolved from.
 * @throws `PLUGIN_NOT_DESCRIBED`, `PLUGIN_INVALID`, `COMMAND_INVALID`, `PLUGIN_NOT_FOUND`, `PLUGIN_LOAD_FAILED`.
 */
export async function admit(input: PluginInput, locations: readonly string[]): Promise<AdmittedPlugin> {
  return typeof input === 'string' ? admitByName(input, locations) : admitClass(pluginClassIn(input, 'What was given to the host'));
}

/** A discovered package as a plugin whose code is imported on first use. */
export function admitPackage({ folder, manifestFile, manifest }: FoundPackage & { readonly manifest: PluginManifest }): PluginUnit {
  const file = join(folder, manifest.entry ?? '');
  return new PluginUnit(manifest, { kind: 'package', label: folder }, { file }, manifestFile);
}

async function admitByName(name: string, locations: readonly string[]): Promise<AdmittedPlugin> {
  const file = resolveFrom(name, locations);
  const folder = packageFolderOf(dirname(file));
  const manifestFile = folder === undefined ? undefined : join(folder, MANIFEST_FILE);
  if (folder !== undefined && manifestFile !== undefined && existsSync(manifestFile)) {
    return { unit: admitPackage({ folder, manifestFile, manifest: readManifest(manifestFile) }), commands: [] };
  }
  return admitClass(pluginClassIn(await importByName(name, file), `The default export of "${name}"`), file);
}

function resolveFrom(name: string, locations: readonly string[]): string {
  for (const location of locations) {
    try {
      return resolveModule(name, location);
    } catch {
      // The next location may see it.
    }
  }
  throw catalogued('PLUGIN_NOT_FOUND', { subject: `"${name}"`, from: locations.length === 0 ? 'nowhere: create() was given no "from"' : locations.join(', ') });
}

async function importByName(plugin: string, file: string): Promise<unknown> {
  try {
    return await importModule(file);
  } catch (error) {
    throw catalogued('PLUGIN_LOAD_FAILED', { plugin, file, reason: messageOf(error) }, error);
  }
}

async function admitClass(type: PluginClass, importedFrom?: string): Promise<AdmittedPlugin> {
  const options = requirePluginOptions(type);
  const file = options.module === undefined ? importedFrom : toFilePath(options.module);
  const folder = file === undefined ? undefined : packageFolderOf(dirname(file));
  const source = { kind: 'given', label: type.name } as const;
  const published = folder === undefined ? undefined : publishedManifest(join(folder, MANIFEST_FILE), type, options);
  if (published !== undefined) {
    return { unit: new PluginUnit(published.manifest, source, { type }, published.file), type, commands: classesAmong(options) };
  }
  const commands = await allCommandsOf(options);
  const version = folder === undefined ? undefined : readPackageJson(join(folder, 'package.json')).version;
  const manifest = describePlugin(type, commands, { version: options.version ?? version });
  return { unit: new PluginUnit(manifest, source, { type }), type, commands: commands.map((command) => command.type) };
}

/** The manifest beside the class's package, where it still describes the class: it saves importing all commands. */
function publishedManifest(file: string, type: PluginClass, options: PluginOptions): { manifest: PluginManifest; file: string } | undefined {
  if (!existsSync(file)) return undefined;
  const manifest = readManifest(file);
  return manifest.name === options.name && manifest.hash === pluginFingerprint(type) ? { manifest, file } : undefined;
}

function classesAmong({ commands = [] }: PluginOptions): readonly CommandClass[] {
  return commands.filter((reference): reference is CommandClass => commandOptionsOf(reference) !== undefined);
}
