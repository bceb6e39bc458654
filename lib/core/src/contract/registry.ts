import type { CoreCopy } from './description.js';
import type { HealthReport } from './lifecycle.js';
import type { CommandManifest, PluginManifest } from './manifest.js';

/**
 * Where a plugin is in its life: known by its manifest, fit to be used, unfit (why: `reason`), not to be used by the
 * host's policy, imported, running, broken while loading or activating (why: `reason`), or taken down.
 */
export type PluginState = 'discovered' | 'resolved' | 'rejected' | 'disabled' | 'loaded' | 'active' | 'failed' | 'stopped';

/**
 * How far a plugin is trusted: as the host itself, as what its user installed, or not at all: what was merely found is
 * listed and never loaded.
 */
export type TrustTier = 'host' | 'installed' | 'found';

/**
 * Where a discovered package was found: beside the host, through a link, in the user's plugin folder, in a folder that
 * the host names, or in the project that the host works in. The earlier come first where two have the same name.
 */
export type PluginOrigin = 'host' | 'linked' | 'user' | 'configured' | 'project';

/** How a plugin came to the host. */
export type PluginSource =
  | { readonly kind: 'given'; /** The class, or the name it was given by. */ readonly label: string }
  | { readonly kind: 'package'; /** The package's folder, as an absolute path. */ readonly label: string; readonly origin: PluginOrigin };

/** An error as data. */
export interface ErrorReport {
  /** Of the catalogue, of a plugin, or of Node; `UNKNOWN` where the error has none. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The facts that the message is made from. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** What it follows from; each may follow from others in turn. */
  readonly causes?: readonly ErrorReport[];
}

/** A plugin, or a service of any plugin, that another plugin needs, or uses when it is there. */
export interface Dependency {
  /** The plugin that is needed; for a service, the one that provides it, where there is one. */
  readonly plugin?: string;
  /** Which versions will do; `*` for a service. */
  readonly range: string;
  /** The service, where that is what is needed. */
  readonly service?: string;
  readonly optional: boolean;
  /** The version that is there. */
  readonly found?: string;
}

/** A plugin that needs another one, or uses it when it is there. */
export interface Dependent {
  /** The plugin that needs it. */
  readonly plugin: string;
  /** Which versions will do; `*` for a service. */
  readonly range: string;
  /** The service, where that is what is needed. */
  readonly service?: string;
  readonly optional: boolean;
}

/** Everything that is known of a plugin, as data. */
export interface PluginRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly category: string;
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  /** The file that the manifest was read from, as an absolute path; absent where the class describes itself. */
  readonly manifestFile?: string;
  readonly tier: TrustTier;
  readonly state: PluginState;
  /** Why it is rejected, disabled or failed. */
  readonly reason?: ErrorReport;
  /** Milliseconds that loading and activating took. */
  readonly timings: { readonly load?: number; readonly activate?: number };
  /** Labels of what it handed to `context.own()` and still owns. */
  readonly owned: readonly string[];
  /** How many of its commands' executions are under way. */
  readonly running: number;
  /** Which version of its code this is: 1, and one more for each reload. */
  readonly generation: number;
  /** What its last health check found; absent as long as there was none. */
  readonly health?: HealthReport;
}

/** A command and the plugin it comes from. */
export interface CommandRecord {
  readonly path: string;
  readonly plugin: string;
  readonly manifest: CommandManifest;
}

/** A package of a plugin that cannot even be listed: its manifest cannot be used. */
export interface PluginProblem {
  /** Absolute path of the package, or of the folder that cannot be looked into. */
  readonly folder: string;
  readonly origin: PluginOrigin;
  readonly error: ErrorReport;
}

/**
 * An index of discovered plugins, and how it was found: read and still true (`fresh`); made anew, as there was none or
 * folders had changed (`made`), as it said something else than there was (`stale`), or as it could not be used
 * (`damaged`); or in memory only, as the host keeps none (`none`) or it could not be kept (`unwritable`).
 */
export interface IndexRecord {
  /** Absolute path; absent where the host keeps none. */
  readonly file?: string;
  readonly state: 'fresh' | 'made' | 'stale' | 'damaged' | 'none' | 'unwritable';
  /** What was wrong with a damaged one, or keeps one from being written. */
  readonly reason?: string;
}

/** What words on a command line mean. */
export interface Route {
  readonly command: CommandRecord;
  /** How many of the words name the command. */
  readonly length: number;
}

/** The plugins and commands of a host. Looking one up takes the same time however many there are. */
export interface Registry {
  /** All plugins, by name. */
  readonly plugins: readonly PluginRecord[];
  /** All commands of plugins that are neither rejected nor disabled, by path. */
  readonly commands: readonly CommandRecord[];
  /** The plugin of that name. */
  plugin(name: string): PluginRecord | undefined;
  /** The command with that path or alias; that of a plugin that cannot be used where no other has it: running it says why. */
  command(path: string): CommandRecord | undefined;
  /**
   * The command with the longest path that `words` begin with. Where there is none, what was discovered is looked at
   * again, and then what plugins that cannot be used would offer.
   */
  route(words: readonly string[]): Route | undefined;
  /** The commands whose paths begin with the words of `prefix`: those of a group. */
  group(prefix: string): readonly CommandRecord[];
  /** The plugins of a category, by name. */
  category(category: string): readonly PluginRecord[];
  /** The plugins with that keyword, by name. */
  keyword(keyword: string): readonly PluginRecord[];
  /** The plugin that provides the service. */
  provider(serviceId: string): PluginRecord | undefined;
  /** What a plugin needs and uses, by name; nothing for a plugin that is not there. */
  dependsOn(name: string): readonly Dependency[];
  /** Who needs a plugin, or uses it, by name; also where the plugin itself is not there. */
  dependents(name: string): readonly Dependent[];
  /**
   * Packages that were discovered and hold a plugin that cannot even be listed. Like every look at everything, the first
   * one warns of these, and of plugins that clash with others.
   */
  problems(): readonly PluginProblem[];
  /** The indexes of discovered plugins, of those that were looked into: what the host finds everywhere, and in its project. */
  indexes(): readonly IndexRecord[];
  /** First words of command lines that the host keeps for itself: no command begins with one of them. */
  readonly reservedWords: readonly string[];
  /** The copy of the core that the host runs on. */
  readonly core: CoreCopy;
  /**
   * All plugins as they are now, by name: what was discovered is looked at again, and each that was not yet needed was
   * judged whether it can be used.
   */
  judged(): Promise<readonly PluginRecord[]>;
  /** Looks again at what was discovered; whether anything was found to be different. */
  refresh(): boolean;
  /** Paths of commands that `path` may have been meant as, best first. */
  suggest(path: string): readonly string[];
}
