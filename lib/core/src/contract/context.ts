import type { Broker } from './broker.js';
import type { CommandClass, InputOf, ResultOf } from './command.js';
import type { CommandInput, CommandName, CommandResult, OtherPath } from './command-map.js';
import type { FileReplacer } from './file-replacement.js';
import type { Logger } from './logger.js';
import type { ServiceToken } from './token.js';

/** Where a command's text goes. */
export interface Output {
  /**
   * Writes text, or bytes as they are. Await it where much is written: it waits while the reader is slow.
   * @throws `OUTPUT_UNAVAILABLE` when the host gave the execution no output.
   */
  write(chunk: string | Uint8Array): void | Promise<void>;
  /** Writes `text` and a line feed. */
  line(text?: string): void | Promise<void>;
  /** Whether the host gave the execution an output at all. */
  readonly isAvailable: boolean;
  /** Whether a person reads along. */
  readonly isTerminal: boolean;
  /** The width in columns, or `undefined` where there is no terminal. */
  readonly columns: number | undefined;
  /** Whether to colour, all of `NO_COLOR`, `FORCE_COLOR` and the flags considered. */
  readonly color: boolean;
  /** Whether the reader can show more than ASCII. */
  readonly unicode: boolean;
}

/** How far a long piece of work is; what an update leaves out stays as it was. */
export interface ProgressUpdate {
  /** What is being done: `reading files`. */
  readonly message?: string;
  /** How much is done, in `unit`s. */
  readonly completed?: number;
  /** How much there is in all, where that is known. */
  readonly total?: number;
  /** What is counted: `files`. */
  readonly unit?: string;
}

/** Tells whoever watches how far the work is. Cheap to call often: hosts draw at their own pace, and join what they have no time for. */
export interface Progress {
  report(update: ProgressUpdate): void;
}

/** A question with a yes or a no. */
export interface Question {
  readonly message: string;
  /** The answer of somebody who just presses return; no when left out. */
  readonly default?: boolean;
}

/** A question with a text for an answer. */
export interface TextQuestion {
  readonly message: string;
  /** The answer of somebody who just presses return; without it there must be one. */
  readonly default?: string;
  /** The answers to choose from; any text when left out. */
  readonly choices?: readonly string[];
}

/** Something that must be ended: a timer, watcher, server or listener. */
export type Resource = Disposable | AsyncDisposable | (() => void | Promise<void>);

/** Runs commands by name, typed through {@link CommandMap}, or by class. */
export interface CommandRunner {
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>): Promise<ResultOf<Type>>;
  run<Path extends string>(command: OtherPath<Path>, input?: object): Promise<unknown>;
}

/** What a command gets with each call. */
export interface CommandContext<Settings = Readonly<Record<string, unknown>>> extends CommandRunner, Broker, FileReplacer {
  /** The command's path: `archive extract`. */
  readonly command: string;
  /** The plugin that the command belongs to. */
  readonly plugin: PluginIdentity;
  /** Unique to this execution. */
  readonly executionId: string;
  /** Aborted when the execution is cancelled. Hand it on to whatever takes one, or look at it in loops. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** The plugin's own settings, frozen: those that there were when the command began. */
  readonly config: Settings;
  readonly progress: Progress;
  readonly output: Output;
  /** The folder that relative paths in the input are relative to. */
  readonly cwd: string;
  /**
   * A folder for data of the plugin's own, absolute: it is there for a plugin whose permissions name `$data`. `undefined` for
   * others, and where the host keeps none, or it cannot be made.
   */
  readonly dataFolder: string | undefined;
  /** The environment variables that the host hands on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Asks the user.
   * @throws `CONFIRMATION_UNAVAILABLE` where nobody can be asked.
   */
  confirm(question: string | Question): Promise<boolean>;
  /** Whether somebody is there whom {@link ask} can ask. */
  readonly canAsk: boolean;
  /**
   * Asks the user for a text.
   * @throws `ANSWER_UNAVAILABLE` where nobody can be asked, or nobody answers; `ANSWER_INVALID` for none of the choices.
   */
  ask(question: string | TextQuestion): Promise<string>;
  /** Says how a command line should end when the command answers, but the answer is bad: 1 for a failed check. */
  setExitCode(code: number): void;
  /**
   * Runs another command of the host as part of this one; cancelled along with it. It gets to the host's own services only
   * where this one's plugin was granted them, too: others are `SERVICE_NOT_GRANTED`.
   */
  run: CommandRunner['run'];
}

/** Which plugin, in which version. */
export interface PluginIdentity {
  readonly name: string;
  readonly version: string;
}

/** Settings of a plugin that changed while it is up. */
export interface SettingsChange<Settings = Readonly<Record<string, unknown>>> {
  /** Frozen, like `current`. */
  readonly previous: Settings;
  readonly current: Settings;
  /** The keys that lead to what is different, as configurations have them, below the plugin's own section: `theme`, `colors.folder`. */
  readonly changed: readonly string[];
}

/** Is told of {@link SettingsChange}s. */
export type SettingsListener<Settings = Readonly<Record<string, unknown>>> = (change: SettingsChange<Settings>) => void | Promise<void>;

/** What a plugin gets when it is activated. It may fetch and run programs until it is deactivated, which cancels what is under way. */
export interface PluginContext<Settings = Readonly<Record<string, unknown>>> extends PluginIdentity, Broker {
  readonly logger: Logger;
  /** The plugin's own settings as they are now, frozen: others after each change that it is told of. */
  readonly config: Settings;
  /** Aborted when the plugin is deactivated. */
  readonly signal: AbortSignal;
  /** Hands over what the plugin started; deactivation ends it, last started first. Returns `resource`. */
  own<Owned extends Resource>(resource: Owned, label: string): Owned;
  /**
   * Has `listener` told of each change of the plugin's own settings, one after the other, until the plugin is deactivated or
   * the function that is returned is called. Commands that run keep the settings that they began with.
   *
   * A plugin that does not ask for that comes up anew instead, beside itself until that is done. What `listener` throws, and
   * that it takes longer than `limits.configure`, is a warning, and the new settings are in force all the same.
   */
  onConfigChange(listener: SettingsListener<Settings>): () => void;
  /** A service of a plugin that this one requires, or a core service that it was granted. */
  service<Service>(token: ServiceToken<Service>): Service;
}
