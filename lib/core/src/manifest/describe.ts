import {
  commandOptionsOf, MANIFEST_VERSION,
  type CommandClass, type CommandManifest, type CommandReference, type PluginClass, type PluginDefinition, type PluginManifest, type PluginOptions,
} from '../contract/index.js';
import { catalogued, isCatalogued, messageOf, remedyIn } from '../errors/index.js';
import { similar } from '../errors/similar.js';
import { fingerprint } from './hash.js';
import { describeInput } from './input-schema.js';
import { nameOfClass, quoted, requirePluginOptions } from './plugin-options.js';
import { describeSettings } from './settings-schema.js';
import { bindingProblems, commandProblems, pluginProblems } from './validate.js';

export { requirePluginOptions } from './plugin-options.js';

/** A command class and which of the plugin's `commands` holds it. */
export interface CommandSource {
  readonly type: CommandClass;
  readonly source: number;
}

/** What a plugin's package adds to its description. */
export interface PackageFacts {
  readonly version?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
  /** The module whose default export is the plugin, relative to the manifest. */
  readonly entry?: string | undefined;
}

/**
 * The manifest of a plugin class and its command classes.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`, `REFERENCE_INVALID`, `PLUGIN_INVALID`, `COMMAND_INVALID`.
 */
export function describePlugin(type: PluginClass, commands: readonly CommandSource[], facts: PackageFacts = {}): PluginManifest {
  const options = requirePluginOptions(type);
  const header = {
    manifestVersion: MANIFEST_VERSION,
    name: options.name,
    version: facts.version ?? options.version ?? '0.0.0',
    ...(facts.entry === undefined ? {} : { entry: facts.entry }),
    ...keywordsOf(facts.keywords ?? options.keywords ?? []),
    ...pluginDescription(options),
    hash: optionsFingerprint(options),
  };
  const problems = [...misspelled(options), ...(options.settings === undefined ? [] : describeSettings(options.settings).problems), ...pluginProblems(header)];
  if (problems.length > 0) throw catalogued('PLUGIN_INVALID', { plugin: quoted(options.name, type), problems });
  const { hash, ...rest } = header;
  const manifest = { ...rest, commands: commands.map(({ type: command, source }) => describeCommand(command, source, options.name)).sort(byPath), hash };
  const bindings = bindingProblems(manifest);
  if (bindings.length > 0) throw catalogued('PLUGIN_INVALID', { plugin: quoted(options.name, type), problems: bindings });
  return manifest;
}

/** Members that are none, and look like one. Others may be there: a newer core may know more. */
function misspelled(options: object): readonly string[] {
  return Object.keys(options).filter((key) => !MEMBERS.has(key)).flatMap((key) => similar(key, MEMBERS, 1).map((member) => `it has "${key}", which may be meant as "${member}"`));
}

const MEMBERS: ReadonlySet<string> = new Set<keyof PluginDefinition>([
  'name', 'version', 'category', 'description', 'keywords', 'engine', 'requires', 'optional', 'requiresServices', 'conflicts', 'permissions', 'executor', 'settings',
  'provides', 'providers', 'commands', 'activation', 'module', 'onActivate', 'onDeactivate', 'checkHealth',
]);

/** The fingerprint of a plugin's recorded description, as its manifest holds it. */
export function pluginFingerprint(type: PluginClass): string {
  return optionsFingerprint(requirePluginOptions(type));
}

/** Of the description, and of what is known of the commands without importing any: a command that is new must not go unseen. */
function optionsFingerprint(options: PluginOptions): string {
  const commands = (options.commands ?? []).map((reference) => commandOptionsOf(reference)?.path ?? null);
  return fingerprint({ ...pluginDescription(options), commands });
}

/** What of a plugin's description goes into the manifest as it is. */
function pluginDescription(options: PluginOptions): Omit<PluginManifest, 'manifestVersion' | 'name' | 'version' | 'keywords' | 'entry' | 'commands' | 'hash'> {
  const { requiresServices = [], activation = [] } = options;
  return {
    description: options.description,
    category: options.category ?? 'utility',
    engine: options.engine ?? '*',
    requires: options.requires ?? {},
    optional: options.optional ?? {},
    conflicts: options.conflicts ?? {},
    ...(requiresServices.length === 0 ? {} : { requiresServices: requiresServices.map((token) => token.id) }),
    provides: (options.provides ?? []).map((token) => token.id),
    permissions: options.permissions ?? {},
    ...(options.executor === undefined ? {} : { executor: options.executor }),
    ...(options.settings === undefined ? {} : { settings: describeSettings(options.settings).schema }),
    ...(activation.length === 0 ? {} : { activation }),
  };
}

/** Every plugin has the keyword that says so: it tells nothing. */
function keywordsOf(keywords: readonly string[]): Pick<PluginManifest, 'keywords'> {
  const telling = keywords.filter((keyword) => keyword !== PLUGIN_KEYWORD);
  return telling.length === 0 ? {} : { keywords: telling };
}

/** What the packages of plugins carry in their `package.json`, so that registries list them. */
const PLUGIN_KEYWORD = 'structum-plugin';

/**
 * A command class as the manifest describes it.
 *
 * @throws `COMMAND_NOT_DESCRIBED`, `COMMAND_INVALID`.
 */
export function describeCommand(type: CommandClass, source: number, plugin: string): CommandManifest {
  const options = commandOptionsOf(type);
  if (options === undefined) throw catalogued('COMMAND_NOT_DESCRIBED', { subject: nameOfClass(type), plugin });
  const { schema, problems: describing } = describeInput(options.input);
  const problems = [...describing];
  const { execute } = type.prototype as { execute?: unknown };
  if (typeof execute !== 'function') problems.push('it has no execute method');
  const description = {
    path: options.path,
    aliases: options.aliases ?? [],
    description: options.description,
    ...(options.details === undefined ? {} : { details: options.details }),
    examples: options.examples ?? [],
    ...(options.hidden === true ? { hidden: true as const } : {}),
    ...(options.deprecated === undefined ? {} : { deprecated: options.deprecated }),
    ...(options.streams === true || isAsyncGenerator(execute) ? { streams: true as const } : {}),
    input: schema,
  };
  const described = { ...description, source, hash: fingerprint(description) };
  problems.push(...commandProblems(described));
  if (problems.length > 0) throw catalogued('COMMAND_INVALID', { command: quoted(options.path, type), problems });
  return described;
}

function isAsyncGenerator(execute: unknown): boolean {
  return Object.prototype.toString.call(execute) === '[object AsyncGeneratorFunction]';
}

/**
 * The command classes behind one entry of a plugin's `commands`: the class itself, or those that the imported
 * module exports.
 *
 * @throws `COMMAND_NOT_DESCRIBED` where there is none, `PLUGIN_LOAD_FAILED` where the import fails.
 */
export async function commandsBehind(reference: CommandReference, plugin: string): Promise<readonly CommandClass[]> {
  if (isCommandClass(reference)) return [reference];
  if (isClass(reference)) throw catalogued('COMMAND_NOT_DESCRIBED', { subject: nameOfClass(reference), plugin });
  const imported = await importReference(reference, plugin);
  const candidates = typeof imported === 'object' && imported !== null ? Object.values(imported) : [imported];
  const found = [...new Set<unknown>(candidates)].filter(isCommandClass);
  if (found.length === 0) throw catalogued('COMMAND_NOT_DESCRIBED', { subject: `The module of ${sourceOf(reference)}`, plugin });
  return found;
}

async function importReference(reference: () => Promise<unknown>, plugin: string): Promise<unknown> {
  try {
    return await reference();
  } catch (error) {
    if (isCatalogued(error)) throw error;
    throw catalogued('PLUGIN_LOAD_FAILED', { plugin, file: sourceOf(reference), reason: messageOf(error), ...remedyIn(error) }, error);
  }
}

/** The text of a function, in one short line. */
function sourceOf(reference: () => Promise<unknown>): string {
  const text = String(reference).replaceAll(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** All command classes of a plugin, imported where need be. */
export async function allCommandsOf(options: PluginOptions): Promise<readonly CommandSource[]> {
  const found = await Promise.all((options.commands ?? []).map((reference) => commandsBehind(reference, options.name)));
  return found.flatMap((types, source) => types.map((type) => ({ type, source })));
}

function isCommandClass(value: unknown): value is CommandClass {
  return typeof value === 'function' && commandOptionsOf(value) !== undefined;
}

/** Tells a class from a function that imports one. */
function isClass(value: CommandReference): value is CommandClass {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function byPath(a: CommandManifest, b: CommandManifest): number {
  return a.path < b.path ? -1 : 1;
}
