import type { LogLevel, PluginManifest, PluginSource, TrustTier } from '../../contract/index.js';
import type { ErrorData } from '../wire/error-data.js';

/** What a host and a guest must both speak: a guest of another version is ended at hello. */
export const PROTOCOL_VERSION = 1;

/**
 * What travels between a host and a guest, the small host that runs a plugin elsewhere. Each side asks the other, under
 * ids of its own, and is answered once.
 */
export type Message =
  | { readonly kind: 'request'; readonly id: string; readonly method: string; readonly data: unknown }
  /** A request for whose answer the sender's thread waits. */
  | { readonly kind: 'wait'; readonly id: string; readonly method: string; readonly data: unknown }
  | { readonly kind: 'notice'; readonly method: string; readonly data: unknown }
  | { readonly kind: 'answer'; readonly id: string; readonly data: unknown }
  | { readonly kind: 'failure'; readonly id: string; readonly data: ErrorData };

/** A plugin as a guest gets to know it. */
export interface GuestPlugin {
  readonly manifest: PluginManifest;
  /** The module to import, absolute. */
  readonly file: string;
  readonly manifestFile?: string;
  readonly source: PluginSource;
  readonly tier: TrustTier;
  readonly generation: number;
  /** Its settings by property, resolved; what it is not to know is left out. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What a guest is opened with. */
export interface OpenRequest {
  readonly version: number;
  /** The plugin whose commands it runs. */
  readonly plugin: string;
  /** That one, and all that it uses. */
  readonly plugins: readonly GuestPlugin[];
  /** Milliseconds. */
  readonly limits: { readonly load: number; readonly activate: number; readonly deactivate: number; readonly drain: number; readonly health: number };
  readonly logLevel: LogLevel;
  /** What one message may have; without a limit when left out. */
  readonly mostBytes?: number;
  /** Names of the core services that the host answers for. */
  readonly services: readonly string[];
}

/** How a guest came up. */
export interface OpenAnswer {
  readonly load: number;
  readonly activate: number;
  /** Whether the plugin has a health check. */
  readonly isChecked: boolean;
}

/** One call of a command. */
export interface ExecuteRequest {
  /** Names the call in what the guest asks for on its behalf. */
  readonly call: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly executionId: string;
  /** What the command is called in this host. */
  readonly path: string;
  readonly cwd: string;
  /** Of the plugin itself. */
  readonly dataFolder: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly canAsk: boolean;
  readonly render: boolean;
  readonly collect: boolean;
  readonly logLevel: LogLevel;
  readonly output: {
    readonly isAvailable: boolean;
    readonly isTerminal: boolean;
    readonly columns: number | undefined;
    readonly color: boolean;
    readonly unicode: boolean;
  };
}

/** Why a call is to end. */
export interface CancelNotice {
  readonly call: string;
  readonly error: ErrorData;
}
