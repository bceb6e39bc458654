import type { StructumError } from '../errors/index.js';
import type { ConfigOrigin } from './config.js';
import type { ExecutorKind } from './security.js';
import { defineService } from './token.js';

/** What a host decides about its plugins: `plugin_policy` of its configuration. */
export interface PluginPolicy {
  /** `false` disables the plugin of that name: it costs nothing and none of it is used. */
  readonly enabled?: Readonly<Record<string, boolean>>;
  /** Further folders that plugins are looked for in, as absolute paths: packages, or folders that hold packages. */
  readonly folders?: readonly string[];
  /** Other names for commands: `{ t: 'tree' }`. One that is a command's path already is not heeded. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Moves commands of a plugin elsewhere: `{ "other-tree": { tree: "other tree" } }`. */
  readonly renames?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Folders of projects whose own plugins may be loaded, as absolute paths. Heeded in the user's configuration only. */
  readonly trusted_projects?: readonly string[];
  /** Where each plugin runs at least: it runs in the strictest of this, what its manifest asks for, and what its trust demands. */
  readonly executor?: Readonly<Record<string, ExecutorKind>>;
}

/** Whose configuration a policy is kept in. */
export type PolicyScope = 'user' | 'project';

/** A file that a policy is kept in. */
export interface PolicyFile {
  /** Absolute path. */
  readonly file: string;
  readonly exists: boolean;
  /** What it says; empty where there is no such file. */
  readonly policy: PluginPolicy;
}

/** What became of a change. */
export interface PolicyChange {
  /** Absolute path of the file that holds it. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
}

/** Reads and changes what a host decides about its plugins. */
export interface PolicyStore {
  /** What is in force in this host. */
  readonly policy: PluginPolicy;
  /** Why some of what decides cannot be used, in whichever layer: nobody knows what else it would disable. */
  readonly problems: readonly StructumError[];
  /** Who has the last word on whether a plugin is enabled; `undefined` where nobody says anything that counts. */
  decidedBy(plugin: string): ConfigOrigin | undefined;
  /**
   * What the file of that scope says now.
   * @throws `POLICY_SCOPE_UNAVAILABLE` where the host keeps none, and the codes of reading it.
   */
  read(scope: PolicyScope): Promise<PolicyFile>;
  /**
   * Enables or disables a plugin. Everything else in the file stays as it is.
   *
   * This host heeds at once what all of its files say, but for folders and projects: a disabled plugin goes down, with those that
   * require it, as soon as its running commands are done. Other hosts heed it from their next start on.
   * @throws `CONFIG_CHANGE_REFUSED` where a plugin asks that is no part of the host, `POLICY_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
   */
  setEnabled(plugin: string, enabled: boolean, scope: PolicyScope): Promise<PolicyChange>;
}

/** What the host decides about its plugins. Granted by `permissions: { services: ['structum.policy'] }`. */
export const PolicyService = defineService<PolicyStore>('structum.policy');
