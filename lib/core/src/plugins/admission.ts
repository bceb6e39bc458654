import { existsSync, realpathSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { commandOptionsOf, MANIFEST_FILE, type CommandClass, type PluginClass, type PluginManifest, type PluginOptions } from '../contract/index.js';
import { catalogued, StructumError } from '../errors/index.js';
import { allCommandsOf, describePlugin, pluginFingerprint } from '../manifest/describe.js';
import { loaded } from '../manifest/loaded.js';
import { pluginClassIn } from '../manifest/plugin-class.js';
import { requirePluginOptions } from '../manifest/plugin-options.js';
import { readManifest } from '../manifest/read.js';
import { entryOf, importModule, nodeModulesAbove, packageOf, readPackageJson, resolveModule, toFilePath, within, type Package } from '../platform/index.js';
import type { CatalogEntry } from './catalog.js';
import { PluginUnit } from './plugin-unit.js';

/** A plugin for a host: its class, its imported module, or the name of its package or module. */
export type PluginInput = PluginClass | { readonly default: PluginClass } | string;

/** A plugin as it was given to a host, and as much of its code as is there already. */
export interface AdmittedPlugin {
  readonly unit: PluginUnit;
  readonly type?: PluginClass;
  /** Those of its command classes that need no import. */
  readonly commands: readonly CommandClass[];
  /** What works, but not as it should: `MANIFEST_STALE`. */
  readonly warning?: StructumError;
}

/** What admitting a plugin needs from its host. */
export interface AdmissionHost {
  /** Files of the modules that names are resolved from. */
  readonly locations: readonly string[];
  /** Milliseconds that importing a plugin, or its commands, may take. */
  readonly limit: number;
}

/**
 * Turns what a host was given into a plugin with a manifest.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`, `REFERENCE_INVALID`, `PLUGIN_INVALID`, `COMMAND_INVALID`, `PLUGIN_NOT_FOUND`,
 *   `PLUGIN_LOAD_FAILED`, `PLUGIN_PHASE_TIMEOUT`, `LOCATION_INVALID`, `PACKAGE_UNREADABLE`, and the codes of its manifest.
 */
export async function admit(input: PluginInput, host: AdmissionHost): Promise<AdmittedPlugin> {
  return typeof input === 'string' ? admitByName(input, host) : admitClass(pluginClassIn(input, 'What was given to the host'), host);
}

/** A package with a manifest, and where it was found. */
type PluginPackage = Pick<CatalogEntry, 'folder' | 'manifestFile' | 'manifest' | 'origin' | 'tier'>;

/** A package as a plugin whose code is imported on first use. */
export function admitPackage({ folder, manifestFile, manifest, origin, tier }: PluginPackage): PluginUnit {
  const file = join(folder, manifest.entry ?? '');
  return new PluginUnit(manifest, { file }, { source: { kind: 'package', label: folder, origin }, tier, manifestFile });
}

async function admitByName(name: string, host: AdmissionHost): Promise<AdmittedPlugin> {
  const { file, folder } = findByName(name, host.locations);
  const found = folder === undefined ? undefined : packageByName(name, folder, file);
  if (found !== undefined) return { unit: admitPackage(found), commands: [] };
  const imported = await limited(name, file, host, () => importModule(file, codeFolderOf(file)));
  return admitClass(pluginClassIn(imported, `The default export of "${name}"`), host, file);
}

/** The plugin whose package is in `folder`; a module of that package that was named by its path may be another one. */
function packageByName(name: string, folder: string, file: string): PluginPackage | undefined {
  const manifestFile = join(folder, MANIFEST_FILE);
  if (!existsSync(manifestFile)) return undefined;
  const manifest = readManifest(manifestFile);
  return isPath(name) && join(folder, manifest.entry ?? '') !== file ? undefined : { folder, manifestFile, manifest, origin: 'host', tier: 'host' };
}

function isPath(name: string): boolean {
  return name.startsWith('.') || isAbsolute(name);
}

interface NamedModule {
  readonly file: string;
  /** The folder of its package. */
  readonly folder: string | undefined;
}

function findByName(name: string, locations: readonly string[]): NamedModule {
  const subject = `"${name}"`;
  if (isBuiltin(name)) throw catalogued('PLUGIN_NOT_FOUND', { subject, from: 'anywhere', reason: 'it is a module of Node itself' });
  let cause: unknown;
  for (const location of locations) {
    try {
      const file = resolveModule(name, location);
      return { file, folder: packageOf(dirname(file))?.folder };
    } catch (error) {
      if (StructumError.is(error)) throw error;
      cause ??= error;
    }
    // What resolves for require() only does not see a package that has nothing but an entry for import.
    const found = importedPackage(name, location);
    if (found !== undefined) return { file: join(found.folder, entryOf(found.packageJson)), folder: found.folder };
  }
  if (locations.length === 0) throw catalogued('PLUGIN_NOT_FOUND', { subject, from: 'nowhere: create() was given no "from"' });
  throw catalogued('PLUGIN_NOT_FOUND', { subject, from: locations.join(', ') }, cause);
}

function importedPackage(name: string, location: string): Package | undefined {
  if (isPath(name)) return undefined;
  for (const modules of nodeModulesAbove(dirname(location))) {
    const linked = join(modules, name);
    const file = join(linked, 'package.json');
    // As Node does it: a linked package lives where the link points.
    if (existsSync(file)) return { folder: realpathSync(linked), packageJson: readPackageJson(file) };
  }
  return undefined;
}

async function admitClass(type: PluginClass, host: AdmissionHost, importedFrom?: string): Promise<AdmittedPlugin> {
  const options = requirePluginOptions(type);
  const file = options.module === undefined ? importedFrom : toFilePath(options.module);
  const home = file === undefined ? undefined : packageOf(dirname(file));
  const source = { kind: 'given', label: type.name } as const;
  const at = file === undefined ? {} : { file };
  const published = home === undefined ? undefined : publishedManifest(home.folder, options);
  const isStale = published !== undefined && published.manifest.hash !== pluginFingerprint(type);
  if (published !== undefined && !isStale) {
    return { unit: new PluginUnit(published.manifest, { type, ...at }, { source, manifestFile: published.file }), type, commands: classesAmong(options) };
  }
  const commands = await limited(options.name, file ?? type.name, host, () => allCommandsOf(options));
  const manifest = describePlugin(type, commands, { version: versionOf(options, home) });
  return {
    unit: new PluginUnit(manifest, { type, ...at }, { source }),
    type,
    commands: commands.map((command) => command.type),
    ...(isStale ? { warning: catalogued('MANIFEST_STALE', { plugin: options.name, file: published.file }) } : {}),
  };
}

/** The plugin's manifest in its package: where it still describes the class, it saves importing all commands. */
function publishedManifest(folder: string, { name }: PluginOptions): { manifest: PluginManifest; file: string } | undefined {
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) return undefined;
  const manifest = readManifest(file);
  return manifest.name === name ? { manifest, file } : undefined;
}

/** The version of a package that is the plugin's own comes first; that of another, around the class, comes last. */
export function versionOf({ version }: PluginOptions, home: Package | undefined): string | undefined {
  if (home === undefined) return version;
  return isOwnPackage(home) ? (home.packageJson.version ?? version) : (version ?? home.packageJson.version);
}

/** Whether a package is a plugin's, and not that of an application which the plugin is a part of. */
function isOwnPackage({ folder, packageJson }: Package): boolean {
  return packageJson.structum !== undefined || existsSync(join(folder, MANIFEST_FILE));
}

/** The folder that holds the code of the plugin in `file`: its package, or, within another one, the folder of its module. */
export function codeFolderOf(file: string): string {
  const home = packageOf(dirname(file));
  return home !== undefined && isOwnPackage(home) ? home.folder : dirname(file);
}

/** What `work` imports, for as long as the host waits for it. */
export function limited<Value>(plugin: string, file: string, { limit }: Pick<AdmissionHost, 'limit'>, work: () => Promise<Value>): Promise<Value> {
  return loaded({ plugin, file }, () => within(limit, work, () => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin, phase: 'load', limit })));
}

function classesAmong({ commands = [] }: PluginOptions): readonly CommandClass[] {
  return commands.filter((reference): reference is CommandClass => commandOptionsOf(reference) !== undefined);
}
