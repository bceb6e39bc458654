import type { CommandManifest, PluginManifest } from './manifest.js';

/**
 * Where a plugin is in its life: known by its manifest, fit to be used, unfit (why: `reason`), imported,
 * running, broken while loading or activating (why: `reason`), or taken down.
 */
export type PluginState = 'discovered' | 'resolved' | 'rejected' | 'loaded' | 'active' | 'failed' | 'stopped';

/** How a plugin came to the host. */
export type PluginSource =
  | { readonly kind: 'given'; /** The class, or the name it was given by. */ readonly label: string }
  | { readonly kind: 'package'; /** The package's folder, as an absolute path. */ readonly label: string };

/** An error as data. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** What was underneath, nearest first. */
  readonly causes?: readonly string[];
}

/** Everything that is known of a plugin, as data. */
export interface PluginRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly category: string;
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  readonly state: PluginState;
  /** Why it is rejected or failed. */
  readonly reason?: ErrorReport;
  /** Milliseconds that loading and activating took. */
  readonly timings: { readonly load?: number; readonly activate?: number };
  /** Labels of what it handed to `context.own()` and still owns. */
  readonly owned: readonly string[];
}

/** A command and the plugin it comes from. */
export interface CommandRecord {
  readonly path: string;
  readonly plugin: string;
  readonly manifest: CommandManifest;
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
  /** All commands of plugins that are not rejected, by path. */
  readonly commands: readonly CommandRecord[];
  /** The plugin of that name. */
  plugin(name: string): PluginRecord | undefined;
  /** The command with that path or alias. */
  command(path: string): CommandRecord | undefined;
  /** The command with the longest path that `words` begin with. */
  route(words: readonly string[]): Route | undefined;
  /** The commands whose paths begin with the words of `prefix`: those of a group. */
  group(prefix: string): readonly CommandRecord[];
  /** The plugins of a category, by name. */
  category(category: string): readonly PluginRecord[];
  /** The plugin that provides the service. */
  provider(serviceId: string): PluginRecord | undefined;
  /** All plugins, by name, after each that was not yet needed was judged whether it can be used. */
  judged(): Promise<readonly PluginRecord[]>;
  /** Paths of commands that `path` may have been meant as, best first. */
  suggest(path: string): readonly string[];
}
