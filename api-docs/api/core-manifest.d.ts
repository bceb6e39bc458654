import { valueFromText, Broker, BrokeredResponse, CommandContext, CommandExample, CommandHandler, CommandManifest, CommandMap, CommandRunner, ExecOptions, ExecResult, FetchOptions, FileReplacement, FileReplacer, InputProblem, InputProperty, InputSchema, Logger, Output, Permissions, PluginIdentity, PluginManifest, PluginOptions, Progress, ProgressUpdate, Question, ReplaceOptions, ResponseData, ServiceToken, SettingBinding, SettingProperty, SettingsSchema, TextQuestion, ValueSchema, ActivationEvent, Category, Class, CommandClass, CommandInput, CommandName, CommandReference, CommandResult, ExecutorKind, FieldBinding, InputOf, JsonValue, LogFields, LogLevel, OtherPath, PathAccess, PluginClass, Provider, ResultOf, Scope, Token } from './index.cjs';
export { valueFromText };

/**
 * Completes `given` from its sources and the defaults, and checks it against the schema.
 *
 * The rules are those of JSON Schema 2020-12 for the keywords of `ValueSchema`; an `undefined` property counts as not given.
 */
export declare function checkInput(schema: InputSchema, given: Readonly<Record<string, unknown>>, sources: InputSources): CheckedInput;
/** A manifest as its file holds it. */
export declare function formatManifest(manifest: PluginManifest): string;
/**
 * Makes the manifest of the plugin whose package is in `folder`, by importing the plugin and all of its commands.
 * Writes nothing.
 *
 * The manifest stands beside `package.json`: hosts look nowhere else. The plugin is the default export of `structum.entry` of its `package.json`, or of the package's main entry.
 * @throws `PACKAGE_UNREADABLE`, `PLUGIN_ENTRY_MISSING`, `PLUGIN_LOAD_FAILED`, `PLUGIN_NOT_DESCRIBED`, `PLUGIN_INVALID`, `COMMAND_INVALID`.
 */
export declare function generateManifest({ folder }: {
  readonly folder: string;
}): Promise<GeneratedManifest>;
/**
 * Where two manifests differ: `description`, `commands.tree.input`, … Empty when they say the same, in whatever order.
 */
export declare function manifestDifferences(found: PluginManifest, expected: PluginManifest): readonly string[];
/**
 * What is wrong with the content of a manifest file; nothing when it can be relied on as a `PluginManifest`.
 *
 * It runs for every plugin at every start, so it looks at what the host, the help and the parser build on, and no further.
 */
export declare function manifestProblems(value: unknown): readonly string[];
/**
 * The plugin class in what was given or imported: the value itself, or its default export, also where an ES module
 * wraps a CommonJS one.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`.
 */
export declare function pluginClassIn(value: unknown, subject: string): PluginClass;
/**
 * Reads and checks a manifest file.
 *
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`.
 */
export declare function readManifest(file: string): PluginManifest;
/**
 * What `@Plugin` said of `type`, once what it lists can be what it should be.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`, `REFERENCE_INVALID`, `PLUGIN_INVALID`.
 */
export declare function requirePluginOptions(type: PluginClass): PluginOptions;
/** An input that was completed and checked. */
export interface CheckedInput {
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly InputProblem[];
}
/** A manifest and the file where it belongs. */
export interface GeneratedManifest {
  readonly manifest: PluginManifest;
  /** `structum.manifest.json` beside the plugin's `package.json`. */
  readonly file: string;
}
/** What gives the values of options that are not given, the strongest first. */
export interface InputSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The plugin's own, by key; without them, what they may give is as if they gave nothing. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
export {};
