import {
  commandOptionsOf, isCommandPath, isPluginName, isServiceId, pluginOptionsOf, MANIFEST_VERSION,
  type Class, type CommandClass, type CommandManifest, type CommandReference, type PluginClass, type PluginManifest, type PluginOptions,
} from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { fingerprint } from './hash.js';
import { describeInput } from './input-schema.js';

/** A command class and which of the plugin's `commands` holds it. */
export interface CommandSource {
  readonly type: CommandClass;
  readonly source: number;
}

/** What a plugin's package adds to its description. */
export interface PackageFacts {
  readonly version?: string | undefined;
  /** The module whose default export is the plugin, relative to the manifest. */
  readonly entry?: string | undefined;
}

/**
 * The manifest of a plugin class and its command classes.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`, `PLUGIN_INVALID`, `COMMAND_INVALID`.
 */
export function describePlugin(type: PluginClass, commands: readonly CommandSource[], facts: PackageFacts = {}): PluginManifest {
  const options = requirePluginOptions(type);
  const description = pluginDescription(options);
  const problems = pluginProblems(options, facts.version);
  if (problems.length > 0) throw catalogued('PLUGIN_INVALID', { plugin: quoted(options.name, type), problems });
  return {
    manifestVersion: MANIFEST_VERSION,
    name: options.name,
    version: facts.version ?? options.version ?? '0.0.0',
    ...(facts.entry === undefined ? {} : { entry: facts.entry }),
    ...description,
    commands: commands.map(({ type: command, source }) => describeCommand(command, source, options.name)).sort(byPath),
    hash: fingerprint(description),
  };
}

/** The fingerprint of a plugin's recorded description, as its manifest holds it. */
export function pluginFingerprint(type: PluginClass): string {
  return fingerprint(pluginDescription(requirePluginOptions(type)));
}

/** What `@Plugin` said of `type`. */
export function requirePluginOptions(type: PluginClass): PluginOptions {
  const options = pluginOptionsOf(type);
  if (options === undefined) throw catalogued('PLUGIN_NOT_DESCRIBED', { subject: nameOfClass(type) });
  return options;
}

/** What of a plugin's description goes into the manifest as it is. */
function pluginDescription(options: PluginOptions): Omit<PluginManifest, 'manifestVersion' | 'name' | 'version' | 'entry' | 'commands' | 'hash'> {
  return {
    description: options.description,
    category: options.category ?? 'utility',
    engine: options.engine ?? '*',
    requires: options.requires ?? {},
    optional: options.optional ?? {},
    conflicts: options.conflicts ?? {},
    provides: (options.provides ?? []).map((token) => token.id),
    permissions: options.permissions ?? {},
  };
}

function pluginProblems(options: PluginOptions, packageVersion: string | undefined): string[] {
  const problems: string[] = [];
  if (!isPluginName(options.name)) problems.push('its name is not lower-case letters, digits and hyphens, or scope/name');
  if (typeof options.description !== 'string' || options.description.trim() === '') problems.push('it has no description');
  const version = packageVersion ?? options.version;
  if (version !== undefined && !SEMVER.test(version)) problems.push(`its version "${version}" is not of the form 1.2.3`);
  for (const { id } of options.provides ?? []) {
    if (!isServiceId(id)) problems.push(`the service id "${id}" is not words separated by dots`);
  }
  return problems;
}

/** The grammar of https://semver.org, section "Is there a suggested regular expression". */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][0-9a-z-]*))*)?(?:\+[0-9a-z-]+(?:\.[0-9a-z-]+)*)?$/i;

/**
 * A command class as the manifest describes it.
 *
 * @throws `COMMAND_NOT_DESCRIBED`, `COMMAND_INVALID`.
 */
export function describeCommand(type: CommandClass, source: number, plugin: string): CommandManifest {
  const options = commandOptionsOf(type);
  if (options === undefined) throw catalogued('COMMAND_NOT_DESCRIBED', { subject: nameOfClass(type), plugin });
  const { schema, problems: inputProblems } = describeInput(options.input);
  const problems = [...commandProblems(options.path, options.aliases ?? [], options.description), ...inputProblems];
  if (typeof (type.prototype as { execute?: unknown }).execute !== 'function') problems.push('it has no execute method');
  if (problems.length > 0) throw catalogued('COMMAND_INVALID', { command: quoted(options.path, type), problems });
  const description = {
    path: options.path,
    aliases: options.aliases ?? [],
    description: options.description,
    ...(options.details === undefined ? {} : { details: options.details }),
    examples: options.examples ?? [],
    ...(options.hidden === true ? { hidden: true as const } : {}),
    ...(options.deprecated === undefined ? {} : { deprecated: options.deprecated }),
    ...(isAsyncGenerator(type) ? { streams: true as const } : {}),
    input: schema,
  };
  return { ...description, source, hash: fingerprint(description) };
}

function isAsyncGenerator(type: CommandClass): boolean {
  const { execute } = type.prototype as { execute: object };
  return Object.prototype.toString.call(execute) === '[object AsyncGeneratorFunction]';
}

function commandProblems(path: string, aliases: readonly string[], description: string): string[] {
  const problems: string[] = [];
  for (const name of [path, ...aliases]) {
    if (!isCommandPath(name)) problems.push(`"${name}" is not lower-case words separated by one space`);
  }
  const repeated = aliases.find((alias, index) => alias === path || aliases.indexOf(alias) !== index);
  if (repeated !== undefined) problems.push(`the alias "${repeated}" is given twice`);
  if (typeof description !== 'string' || description.trim() === '') problems.push('it has no description');
  return problems;
}

/**
 * The command classes behind one entry of a plugin's `commands`: the class itself, or those that the imported
 * module exports.
 *
 * @throws `COMMAND_NOT_DESCRIBED` where there is none.
 */
export async function commandsBehind(reference: CommandReference, plugin: string): Promise<readonly CommandClass[]> {
  if (isCommandClass(reference)) return [reference];
  if (isClass(reference)) throw catalogued('COMMAND_NOT_DESCRIBED', { subject: nameOfClass(reference), plugin });
  const imported: unknown = await reference();
  const candidates = isCommandClass(imported) ? [imported] : Object.values(imported as object);
  const found = [...new Set(candidates)].filter(isCommandClass);
  if (found.length === 0) throw catalogued('COMMAND_NOT_DESCRIBED', { subject: `The module of ${String(reference)}`, plugin });
  return found;
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

function nameOfClass(type: Class): string {
  return type.name === '' ? 'An unnamed class' : type.name;
}

function quoted(name: unknown, type: Class): string {
  return typeof name === 'string' ? `"${name}"` : nameOfClass(type);
}

function byPath(a: CommandManifest, b: CommandManifest): number {
  return a.path < b.path ? -1 : 1;
}
