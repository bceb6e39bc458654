import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandClass, PluginClass, PluginManifest } from '../../contract/index.js';
import { catalogued, type StructumError } from '../../errors/index.js';
import { manifestDifferences } from '../../manifest/compare.js';
import { allCommandsOf, describePlugin, type CommandSource } from '../../manifest/describe.js';
import { pluginClassIn } from '../../manifest/plugin-class.js';
import { requirePluginOptions } from '../../manifest/plugin-options.js';
import { readManifest } from '../../manifest/read.js';
import { packageOf, unlessAborted } from '../../platform/index.js';
import { ModuleVersion } from '../../platform/module-versions/index.js';
import { limited, versionOf } from '../admission.js';
import { isBroken } from '../loader.js';
import { PluginUnit } from '../plugin-unit.js';
import { contentOf, homeOf, type PluginHome } from './plugin-home.js';

/** A plugin as its files are now, beside the one that is there. */
export interface FreshUnit {
  readonly unit: PluginUnit;
  /** Its command classes; none as long as its code is not needed. */
  readonly commands: readonly CommandClass[];
  /** The content that it was loaded from. */
  readonly digest: string;
  /** Its code, where that was loaded anew. */
  readonly version: ModuleVersion | undefined;
  /** `MANIFEST_STALE` */
  readonly warning: StructumError | undefined;
}

/** What making it depends on. */
export interface FreshUnitOptions {
  /** The content that the plugin which is there was loaded from, where that is known. */
  readonly digest: string | undefined;
  /** Milliseconds that importing may take. */
  readonly limit: number;
  /** Settings of its own. */
  readonly settings: PluginUnit['settings'];
  /** @throws when no more code may be loaded. */
  readonly beforeImport: () => void;
  /** Ends the wait for what is imported. */
  readonly signal: AbortSignal;
}

/**
 * Makes the unit that may take the place of `old`. Code that did not change is not loaded again: its classes serve for
 * the new unit too.
 *
 * @throws `RELOAD_GONE`, `RELOAD_IMPOSSIBLE`, `RELOAD_RENAMED`, `PLUGIN_LOAD_FAILED`, `PLUGIN_PHASE_TIMEOUT`, and the codes of wrong
 *   descriptions and manifests.
 */
export async function freshUnit(old: PluginUnit, options: FreshUnitOptions): Promise<FreshUnit> {
  const home = homeOf(old);
  if (isImportedNowhere(old) && home.manifestFile !== undefined) return unused(old, home, home.manifestFile, options);
  // Before the import: what changes after that is seen as changed later.
  if (!existsSync(home.folder)) throw catalogued('RELOAD_GONE', { plugin: old.name, folder: home.folder });
  const { digest } = contentOf(home);
  const type = old.type ?? ('type' in old.code ? old.code.type : undefined);
  if (type !== undefined && options.digest === digest && !isBroken(type)) return loaded(old, home, digest, type, undefined, options);
  options.beforeImport();
  const version = new ModuleVersion(home.folder);
  try {
    const file = entryFile(old, home);
    const imported = pluginClassIn(await inTime(old, file, options, () => version.import(file)), `The default export of ${file}`);
    return await loaded(old, { ...home, file }, digest, imported, version, options);
  } catch (error) {
    version.abandon();
    throw error;
  }
}

/** Whether nothing of its code has been loaded in this process: none was needed yet, or it runs elsewhere. */
function isImportedNowhere({ type, code, state, placement }: PluginUnit): boolean {
  return type === undefined && !('type' in code) && (state !== 'failed' || placement !== 'inline');
}

/** Nothing of its code was loaded here: its manifest says all, and nothing has to be loaded now. */
function unused(old: PluginUnit, home: PluginHome, manifestFile: string, options: FreshUnitOptions): FreshUnit {
  const manifest = named(old.name, readManifest(manifestFile), manifestFile);
  const code = { file: join(home.folder, manifest.entry ?? '') };
  return { unit: successor(old, manifest, code, manifestFile, options), commands: [], digest: '', version: undefined, warning: undefined };
}

async function loaded(
  old: PluginUnit,
  home: PluginHome,
  digest: string,
  type: PluginClass,
  version: ModuleVersion | undefined,
  options: FreshUnitOptions,
): Promise<FreshUnit> {
  const commands = await inTime(old, home.file, options, () => allCommandsOf(requirePluginOptions(type)));
  const { manifest, manifestFile, warning } = manifestFor(old, home, type, commands);
  const unit = successor(old, named(old.name, manifest, home.file), { type, file: home.file }, manifestFile, options);
  return { unit, commands: commands.map((command) => command.type), digest, version, warning };
}

/** What `work` imports, for as long as anybody waits for it. */
function inTime<Value>({ name }: PluginUnit, file: string, options: FreshUnitOptions, work: () => Promise<Value>): Promise<Value> {
  return limited(name, file, options, () => unlessAborted(options.signal, work()));
}

interface FoundManifest {
  readonly manifest: PluginManifest;
  readonly manifestFile?: string;
  readonly warning?: StructumError;
}

/** The manifest of its package where that describes the code, else what the code says. */
function manifestFor({ name }: PluginUnit, home: PluginHome, type: PluginClass, commands: readonly CommandSource[]): FoundManifest {
  const package_ = packageOf(home.folder);
  const facts = { version: versionOf(requirePluginOptions(type), package_) };
  if (home.manifestFile === undefined) return { manifest: describePlugin(type, commands, facts) };
  const published = readManifest(home.manifestFile);
  const described = describePlugin(type, commands, { ...facts, entry: published.entry, keywords: package_?.packageJson.keywords });
  const differences = manifestDifferences(published, described);
  if (differences.length === 0) return { manifest: published, manifestFile: home.manifestFile };
  return { manifest: described, warning: catalogued('MANIFEST_STALE', { plugin: name, file: home.manifestFile, differences }) };
}

/** A new version may have its code elsewhere. */
function entryFile(old: PluginUnit, { folder, file, manifestFile }: PluginHome): string {
  if (old.source.kind === 'given' || manifestFile === undefined) return file;
  const { entry } = readManifest(manifestFile);
  return entry !== undefined && existsSync(join(folder, entry)) ? join(folder, entry) : file;
}

function successor(old: PluginUnit, manifest: PluginManifest, code: PluginUnit['code'], manifestFile: string | undefined, { settings }: FreshUnitOptions): PluginUnit {
  return new PluginUnit(manifest, code, { source: old.source, tier: old.tier, manifestFile, generation: old.generation + 1, settings });
}

function named(plugin: string, manifest: PluginManifest, file: string): PluginManifest {
  if (manifest.name !== plugin) throw catalogued('RELOAD_RENAMED', { plugin, found: manifest.name, file });
  return manifest;
}
