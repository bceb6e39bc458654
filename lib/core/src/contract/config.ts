import type { SettingProperty } from './json.js';
import { defineService } from './token.js';

/**
 * Where a setting's value may come from, the weakest first: the plugin's own default; the user's file, and the one for an
 * environment; the project's, that for an environment, and what is not shared; one more file; an environment variable;
 * the command line; the host itself.
 */
export type ConfigLayerName =
  | 'default' | 'global' | 'global-environment' | 'project' | 'project-environment' | 'local' | 'file' | 'variable' | 'command-line' | 'host';

/** Where a value stands. */
export interface ConfigOrigin {
  readonly layer: ConfigLayerName;
  /** Absolute path, where a file says it. */
  readonly file?: string;
  /** From 1, where a file says it. */
  readonly line?: number;
  readonly column?: number;
  /** What says it that is no file: `$STRUCTUM_PLUGINS__TREE__THEME`, `--set`. */
  readonly source?: string;
}

/** A setting, and the value that counts. */
export interface ConfigValue {
  /** The keys that lead to it, with dots between. */
  readonly key: string;
  /** `undefined` where nobody says anything. Hidden where it is a secret, unless it was asked to be revealed. */
  readonly value?: unknown;
  readonly isSecret: boolean;
  /** Where it comes from; of a mapping, the strongest layer that says something of it. */
  readonly origin?: ConfigOrigin;
  /** Absent for what nothing describes. */
  readonly schema?: SettingProperty;
}

/** What one layer says of a setting. */
export interface ConfigVoice extends ConfigOrigin {
  /** `null` takes away what weaker layers say. */
  readonly value: unknown;
  /** `counts` for the value in force or a part of it; `overridden` by a stronger layer; `ignored` for the reason that `ignored` gives. */
  readonly effect: 'counts' | 'overridden' | 'ignored';
  /** Present where it is ignored. */
  readonly ignored?: ConfigIgnoredReason;
}

/**
 * Why what a file says counts for nothing: its project is not trusted (`untrusted`); no project may say it, only its `user`; and where
 * a project is not trusted, also what does not fit its setting (`unfit`), and what nothing knows (`unknown`).
 */
export type ConfigIgnoredReason = 'untrusted' | 'user' | 'unfit' | 'unknown';

/** Every layer's word on a setting, the weakest first. */
export interface ConfigExplanation extends ConfigValue {
  readonly voices: readonly ConfigVoice[];
}

/** What is wrong in a configuration. */
export interface ConfigFinding extends ConfigOrigin {
  readonly severity: 'error' | 'warning';
  /** Absent where a whole file cannot be used. */
  readonly key?: string;
  /** As it reads after the key, or as a sentence where there is none: `must be an integer`. */
  readonly problem: string;
  /** The value that is there; hidden where it is a secret. */
  readonly value?: unknown;
  /** The rule that is broken, named as in JSON Schema. */
  readonly rule?: string;
  readonly suggestions?: readonly string[];
}

/** A file of a configuration. */
export interface ConfigFileRecord {
  readonly layer: ConfigLayerName;
  /** Absolute path; where it would be made, when it does not exist. */
  readonly file: string;
  readonly exists: boolean;
}

/** Whose file is changed. */
export type ConfigScope = 'global' | 'project' | 'local';

/** How a setting is changed. */
export interface ConfigChangeOptions {
  readonly scope: ConfigScope;
  /** Changes the file for this environment; `local` has none. */
  readonly environment?: string;
  /** Also sets what nothing describes, or does not fit, and takes away what a plugin requires. */
  readonly force?: boolean;
}

/** What became of a change. */
export interface ConfigChange {
  readonly key: string;
  /** Absolute path of the file that holds it. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
  /** Why it counts for nothing where it was set. */
  readonly ignored?: ConfigIgnoredReason;
  /** The layer whose word counts all the same; absent where it is the changed one. */
  readonly overriddenBy?: ConfigOrigin;
  /** What of a mapping that layer replaces, the first of it; absent where it leaves nothing of the value. */
  readonly overriddenKeys?: readonly string[];
  /** Why the value could not be held against the rules of the plugin's code; absent where it was, or has none. */
  readonly unchecked?: string;
}

/** Two values of one setting. */
export interface ConfigDifference {
  readonly key: string;
  readonly one?: unknown;
  readonly other?: unknown;
}

/**
 * Reads, explains and changes the configuration of a host. Values of secrets are hidden, unless `reveal` is set: plugins that
 * the host was given, or that are installed beside it, may do that, and others get `CONFIG_REVEAL_REFUSED`. The same ones may
 * change it, and others get `CONFIG_CHANGE_REFUSED`.
 *
 * Each use in a command counts as one of every plugin whose command led there through `context.run`: what one of them may
 * not do is refused, with `SERVICE_NOT_GRANTED` where it was not granted the service.
 */
export interface ConfigStore {
  /**
   * With `reveal`, references to secrets are resolved, too; without it, they are told as they are written.
   * @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN` where nothing knows it and nobody sets it, and the codes of secrets.
   */
  get(key: string, options?: { readonly reveal?: boolean }): Promise<ConfigValue>;
  /**
   * All settings that somebody describes or sets, by key; those below `prefix` where it is given. With `origins: false`,
   * nothing tells where they stand: finding that takes long in a large file.
   * @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN`.
   */
  list(options?: { readonly prefix?: string; readonly reveal?: boolean; readonly origins?: boolean }): Promise<readonly ConfigValue[]>;
  /** @throws `CONFIG_KEY_INVALID`, `CONFIG_KEY_UNKNOWN`. */
  explain(key: string, options?: { readonly reveal?: boolean }): Promise<ConfigExplanation>;
  /**
   * Sets a value: plain data, or a text that is taken as the setting's schema has it. Everything else in the file stays
   * as it is.
   *
   * @throws `CONFIG_CHANGE_REFUSED`, `CONFIG_KEY_INVALID`, also for what is within a list, `CONFIG_KEY_UNKNOWN`, `CONFIG_INVALID`,
   *   `CONFIG_SCOPE_REFUSED`, `CONFIG_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
   */
  set(key: string, value: unknown, options: ConfigChangeOptions): Promise<ConfigChange>;
  /**
   * Takes a setting out of a file.
   * @throws `CONFIG_CHANGE_REFUSED`, `CONFIG_KEY_INVALID`, `CONFIG_INVALID` where a plugin requires it and nobody else says it,
   *   `CONFIG_SCOPE_UNAVAILABLE`, and the codes of reading and writing the file.
   */
  unset(key: string, options: ConfigChangeOptions): Promise<ConfigChange>;
  /**
   * Everything that is wrong, in all files, variables and texts; with `file`, in that one; with `resolve`, also which
   * references to secrets cannot be resolved. No plugin is loaded for it: rules that only its code has, as those of
   * class-validator, are checked when it comes up.
   */
  validate(options?: { readonly file?: string; readonly resolve?: boolean }): Promise<readonly ConfigFinding[]>;
  /** JSON Schema (2020-12) of a configuration file, for all plugins that are installed. */
  schema(): Promise<object>;
  /** The files, the weakest first. */
  files(): readonly ConfigFileRecord[];
  /**
   * The file of a scope, absolute; where it would be made, when there is none.
   * @throws `CONFIG_SCOPE_UNAVAILABLE`.
   */
  file(scope: ConfigScope, environment?: string): string;
  /** What is different between two environments; without a name, what counts in none. */
  diff(one: string | undefined, other: string | undefined): Promise<readonly ConfigDifference[]>;
}

/** The host's configuration. Granted by `permissions: { services: ['structum.config'] }`: it sees all plugins' settings. */
export const ConfigService = defineService<ConfigStore>('structum.config');
