import type { AuditTarget, Clock, DiscoverOptions, EventListeners, Logger, ProjectTrust, Question, SecretProvider, TextQuestion } from './contract/index.js';
import type { ConfigSources } from './config/load-layers.js';
import type { PluginInput } from './plugins/admission.js';

/** Milliseconds that a phase of a plugin's life may take, and what reloading may leave behind; `Infinity` is no limit. */
export interface PhaseLimits {
  /** Importing the plugin's module; 10,000 when left out. */
  readonly load?: number;
  /** `onActivate`; 10,000 when left out. */
  readonly activate?: number;
  /** Each listener of `onConfigChange`; 5,000 when left out. */
  readonly configure?: number;
  /** `onDeactivate` and the end of each owned resource; 5,000 when left out. */
  readonly deactivate?: number;
  /** Waiting for running commands before they are aborted; 5,000 when left out. */
  readonly drain?: number;
  /** A plugin's `checkHealth`; 5,000 when left out. */
  readonly health?: number;
  /** Resolving one reference to a secret, `${…}` in a setting, once its provider is up; 30,000 when left out. */
  readonly secret?: number;
  /**
   * Bytes of source code that replaced versions of plugins may leave behind in this process, as Node cannot free ES
   * modules; 268,435,456 (256 MB) when left out. From there on, changed code is not loaded any more.
   */
  readonly retained?: number;
}

/**
 * What a host wants. With none of it, {@link Structum.create} reads no file, environment variable or folder, starts no
 * timer and prints nothing; only a plugin class that names its module has its manifest read, from beside that module.
 */
export interface StructumOptions {
  /** Plugins of the host itself. One that is described wrongly makes `create()` fail. */
  readonly plugins?: readonly PluginInput[];
  /** The modules (`import.meta.url`, or a path) from which plugins named by string, and discovered ones, are found. */
  readonly from?: string | URL | readonly (string | URL)[];
  /** Looks for packages with a manifest: `true` in the `node_modules` folders that `from` sees, and nowhere else. */
  readonly discover?: boolean | DiscoverOptions;
  /**
   * What a configuration file does that cannot be used, and that counts: `create()` fails because of it, which is the
   * usual, or only warns, and goes on as if it were not there, for a host that helps to mend it.
   */
  readonly configProblems?: 'throw' | 'warn';
  /**
   * Whether plugins that ask for `onStart` are taken up by `create()`; true when left out. Otherwise `trigger('onStart')`
   * does it, or, with `before-first-command`, the first command that runs: one that is there and whose input is valid.
   */
  readonly activateOnStart?: boolean | 'before-first-command';
  /** Files, environment variables and texts that settings come from; none are looked at when left out. `config` counts more. */
  readonly configSources?: ConfigSources;
  /**
   * Trusts projects beside those that the user names in `plugin_policy.trusted_projects`. Asked each time that the
   * configuration is read whether the settings of its project count, and by `create()` for each folder of
   * `discover.project` whether the plugins there do. Trusts none when left out.
   */
  readonly trustProject?: ProjectTrust;
  /** Settings: `{ plugins: { tree: { theme: 'ascii' } } }`, and what the host decides about plugins: `{ plugin_policy: { … } }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Who resolves references to secrets in settings, by scheme: `${vault:…}` is for `vault`. Counts more than plugins do. */
  readonly secretProviders?: Readonly<Record<string, SecretProvider>>;
  /** The folder that relative paths are relative to; the process's when left out. */
  readonly cwd?: string;
  /** Where plugins keep data of their own, `$data`, each in a folder of its name; nowhere when left out. */
  readonly dataFolder?: string;
  /** The environment variables that commands see, and that options and secrets may come from; none when left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets the log lines of the host and its plugins; silent when left out. */
  readonly logger?: Logger;
  /** What is called when something happens, from the start on: `create()` itself warns, and takes plugins up. */
  readonly on?: EventListeners;
  /** The clock of the plugins; the system's when left out. Limits are kept by the system's. */
  readonly clock?: Clock;
  /**
   * What stands in for services of the host itself, by id, in tests: `{ 'structum.registry': … }`. Which plugin may use them
   * stays as it is.
   */
  readonly coreServices?: Readonly<Record<string, unknown>>;
  /** Answers commands' questions. */
  readonly confirm?: (question: Question, signal: AbortSignal) => boolean | Promise<boolean>;
  /** Answers commands' questions that want a text; `undefined` means that there is no answer. */
  readonly ask?: (question: TextQuestion, signal: AbortSignal) => string | undefined | Promise<string | undefined>;
  /** Long and short flags that the host keeps for itself: `--json`, `-q`. Commands that use one are refused. */
  readonly reservedFlags?: readonly string[];
  /** First words of command lines that the host keeps for itself: `help`. Commands that begin with one are refused. */
  readonly reservedWords?: readonly string[];
  readonly limits?: PhaseLimits;
  /**
   * Records runs of plugins that are not of the host, those of all plugins where they are contained strictly, and what is
   * denied to any: in a file, or by a function. `security.audit` of the configuration can end that. Nothing is recorded when
   * left out.
   */
  readonly audit?: AuditTarget;
}
