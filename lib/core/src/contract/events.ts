import type { PluginState } from './registry.js';

/** What happens in a host, and what its listeners get. Durations are in milliseconds. */
export interface StructumEvents {
  'plugin:registered': { readonly plugin: string };
  'plugin:rejected': { readonly plugin: string; readonly error: Error };
  'plugin:loaded': { readonly plugin: string; readonly duration: number };
  'plugin:activated': { readonly plugin: string; readonly duration: number };
  'plugin:failed': { readonly plugin: string; readonly error: Error };
  'plugin:deactivated': { readonly plugin: string };
  'plugin:unregistered': { readonly plugin: string };
  /** Its state is another one, or it came (`from` is missing) or went (`to` is missing). */
  'plugin:changed': { readonly plugin: string; readonly from?: PluginState; readonly to?: PluginState };
  /** A new version of its code took the old one's place, or the same one with other settings. */
  'plugin:reloaded': { readonly plugin: string; readonly version: string; readonly generation: number; readonly duration: number };
  /** A new version of its code could not take the old one's place, which goes on. */
  'plugin:reload-failed': { readonly plugin: string; readonly error: Error };
  /**
   * The configuration says something else than before, and plugins have come up anew with it where need be. `previous` and
   * `current` are all that is set, with secrets hidden, without defaults; `changed` are the keys that lead to what is different.
   */
  'config:changed': { readonly previous: Readonly<Record<string, unknown>>; readonly current: Readonly<Record<string, unknown>>; readonly changed: readonly string[] };
  /** The configuration has changed and is wrong: what it said before goes on. Told once for each reason. */
  'config:refused': { readonly error: Error };
  /** What was wrong with the configuration, `error`, is mended. */
  'config:recovered': { readonly error: Error };
  'command:started': { readonly command: string; readonly plugin: string; readonly execution: string };
  'command:finished': {
    readonly command: string;
    readonly plugin: string;
    readonly execution: string;
    readonly outcome: 'done' | 'failed' | 'cancelled';
    /** Milliseconds since it was its turn: loading its plugin, and waiting for others, are not counted. */
    readonly duration: number;
  };
  /** Something was denied to a plugin: `permission` and `wanted` are those of `PERMISSION_DENIED`. Told once for each execution. */
  'permission:denied': { readonly command: string; readonly plugin: string; readonly execution: string; readonly permission: string; readonly wanted: string };
  /** The host knows its first secret: from now on `redact()` takes something out. */
  'secrets:known': Readonly<Record<string, never>>;
  /** Something works, but not as it should; `error` is never thrown. */
  warning: { readonly error: Error };
}

/** What is called when something happens. What a listener throws or rejects with is logged. */
export type EventListeners = { readonly [Event in keyof StructumEvents]?: (payload: StructumEvents[Event]) => unknown };
