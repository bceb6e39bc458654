import type { CommandExample } from './command.js';
import type { InputSchema, SettingsSchema } from './json.js';
import type { ActivationEvent, Permissions } from './plugin.js';
import type { ExecutorKind } from './security.js';

/** The format of `structum.manifest.json`. */
export const MANIFEST_VERSION = 1;

/** The file beside a plugin's `package.json`. */
export const MANIFEST_FILE = 'structum.manifest.json';

/** Everything that listing, help, completion, resolving and a review of permissions need, without the plugin's code. */
export interface PluginManifest {
  readonly manifestVersion: number;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly category: string;
  /** Words to find it by, besides `structum-plugin`; absent when there are none. */
  readonly keywords?: readonly string[];
  /** The module whose default export is the plugin, relative to the manifest, with `/`. Absent for classes without a package. */
  readonly entry?: string;
  readonly engine: string;
  readonly requires: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  readonly conflicts: Readonly<Record<string, string>>;
  /** Ids of the services that it needs, whichever plugin provides them; absent when there are none. */
  readonly requiresServices?: readonly string[];
  /** Ids of the services that it offers. */
  readonly provides: readonly string[];
  readonly permissions: Permissions;
  /** Where it runs at least; absent where it may run in the host's own thread. */
  readonly executor?: Exclude<ExecutorKind, 'inline'>;
  /** What may be set for it, at `plugins.<name>`; absent where it does not say. */
  readonly settings?: SettingsSchema;
  /** When it is taken up before it is needed; absent when never. */
  readonly activation?: readonly ActivationEvent[];
  readonly commands: readonly CommandManifest[];
  /** Of the recorded plugin description; loading compares it. */
  readonly hash: string;
}

/** A command, as its plugin's manifest describes it. */
export interface CommandManifest {
  readonly path: string;
  readonly aliases: readonly string[];
  readonly description: string;
  readonly details?: string;
  readonly examples: readonly CommandExample[];
  readonly hidden?: true;
  readonly deprecated?: string;
  /** Whether it gives items one by one: its `execute` is an async generator. */
  readonly streams?: true;
  readonly input: InputSchema;
  /** Which of the plugin's `commands` holds it, from 0. */
  readonly source: number;
  /** Of the recorded command description; loading compares it. */
  readonly hash: string;
}
