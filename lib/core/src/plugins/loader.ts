import { dirname } from 'node:path';
import { DescriptionKey, recordedBy, thisCore, type CommandClass, type CommandManifest, type CommandReference, type CoreCopy, type PluginClass, type PluginManifest } from '../contract/index.js';
import { catalogued, StructumError } from '../errors/index.js';
import { manifestDifferences } from '../manifest/compare.js';
import { commandsBehind, describeCommand, describePlugin, pluginFingerprint, requirePluginOptions } from '../manifest/describe.js';
import { loaded } from '../manifest/loaded.js';
import { pluginClassIn } from '../manifest/plugin-class.js';
import { giveUpImport, importModule } from '../platform/index.js';
import { inPhase } from './blame.js';
import type { PluginUnit } from './plugin-unit.js';

/** What the loader needs from its host. */
export interface LoaderHost {
  /** Tells of something that works, but not as it should; `debug` for what only who looks for it need know. */
  warn(error: StructumError, level?: 'warn' | 'debug'): void;
}

/** Plugins of which a command could not be imported. */
const broken = new WeakSet<PluginClass>();

/** Whether a part of the plugin's code could not be imported: Node would tell so again, whatever it has become. */
export function isBroken(type: PluginClass): boolean {
  return broken.has(type);
}

/** Imports plugins' code and holds it against their manifests. */
export class Loader {
  readonly #host: LoaderHost;
  readonly #reported = new Set<string>();
  readonly #limit: number;

  /** @param limit - Milliseconds that importing a module may take. */
  constructor(host: LoaderHost, limit: number) {
    this.#host = host;
    this.#limit = limit;
  }

  /**
   * Imports the plugin of `unit`.
   *
   * @param after - Its time counts from when that is settled.
   * @throws `PLUGIN_LOAD_FAILED`, `PLUGIN_NOT_DESCRIBED`, `MANIFEST_STALE`, `PLUGIN_PHASE_TIMEOUT`.
   */
  async load(unit: PluginUnit, after: Promise<unknown>): Promise<PluginClass> {
    const type = 'type' in unit.code ? unit.code.type : await this.#import(unit, unit.code.file, after);
    if (unit.manifestFile !== undefined && pluginFingerprint(type) !== unit.manifest.hash) {
      if (!('type' in unit.code)) giveUpImport(unit.code.file);
      throw stale(unit, unit.manifestFile, differencesFrom(unit.manifest, type));
    }
    this.#reportSecondCore(unit.name, recordedBy(type, DescriptionKey.plugin));
    return type;
  }

  /**
   * Imports the class of one of the plugin's commands.
   *
   * @throws what {@link load} throws.
   */
  async loadCommand(unit: PluginUnit, type: PluginClass, command: CommandManifest): Promise<CommandClass> {
    const reference = requirePluginOptions(type).commands?.[command.source];
    const candidates = reference === undefined ? [] : await this.#importCommands(unit, type, reference);
    for (const candidate of candidates) {
      const described = describeCommand(candidate, command.source, unit.name);
      if (described.path !== command.path || described.hash !== command.hash) continue;
      this.#reportSecondCore(unit.name, recordedBy(candidate, DescriptionKey.command));
      return candidate;
    }
    broken.add(type);
    throw stale(unit, unit.manifestFile ?? unit.source.label, [`commands.${command.path}`]);
  }

  async #import(unit: PluginUnit, file: string, after: Promise<unknown>): Promise<PluginClass> {
    try {
      const imported = await this.#guarded(unit, () => importModule(file, dirname(unit.manifestFile ?? file)), after);
      return pluginClassIn(imported, `The default export of ${file}`);
    } catch (error) {
      // Also where the import never ended, or what it gave is no plugin.
      giveUpImport(file);
      throw error;
    }
  }

  async #importCommands(unit: PluginUnit, type: PluginClass, reference: CommandReference): Promise<readonly CommandClass[]> {
    try {
      return await this.#guarded(unit, () => commandsBehind(reference, unit.name));
    } catch (error) {
      broken.add(type);
      throw error;
    }
  }

  #guarded<Value>(unit: PluginUnit, work: () => Promise<Value>, after?: Promise<unknown>): Promise<Value> {
    const { file = unit.source.label } = unit.code;
    const when = { until: unit.lifetime, ...(after === undefined ? {} : { after }) };
    return loaded({ plugin: unit.name, file }, () => inPhase(unit.name, 'load', this.#limit, work, when));
  }

  /** Once for each plugin. */
  #reportSecondCore(plugin: string, theirs: CoreCopy | undefined): void {
    if (theirs === undefined || theirs.path === thisCore.path || this.#reported.has(plugin)) return;
    this.#reported.add(plugin);
    // Of one version, as a plugin under development brings it, it does no harm but to time and memory.
    const level = theirs.version === thisCore.version ? 'debug' : 'warn';
    this.#host.warn(catalogued('CORE_DUPLICATE', { plugin, theirs: `${theirs.path} (${theirs.version})`, ours: `${thisCore.path} (${thisCore.version})` }), level);
  }
}

function stale(unit: PluginUnit, file: string, differences: readonly string[]): StructumError {
  return catalogued('MANIFEST_STALE', { plugin: unit.name, file, ...(differences.length === 0 ? {} : { differences }) });
}

/** Where a manifest differs from the plugin's own description; of its commands, which are not imported for that, nothing is said. */
function differencesFrom(manifest: PluginManifest, type: PluginClass): readonly string[] {
  const { version, keywords, entry, hash } = manifest;
  try {
    return manifestDifferences({ ...manifest, commands: [] }, { ...describePlugin(type, [], { version, keywords, entry }), hash });
  } catch (error) {
    // What is wrong in the description is told when its manifest is made.
    if (StructumError.is(error)) return [];
    throw error;
  }
}
