import { CommandContext, Dependency, Dependent, ErrorReport, Output, Permissions, PluginOrigin, PluginRecord, PluginSource, PluginState, PolicyScope, PolicyStore, Registry, TrustTier } from '@structum/core';

/** `structum plugins …`: looks at the plugins of a host, and describes new ones. */
declare class PluginsPlugin {
}
declare module "@structum/core" {
  interface CommandMap {
    "plugins disable": {
      input: Partial<DisableInput>;
      result: EnabledPlugin[];
    };
    "plugins doctor": {
      input: Partial<DoctorInput>;
      result: Diagnosis;
    };
    "plugins enable": {
      input: Partial<EnableInput>;
      result: EnabledPlugin[];
    };
    "plugins graph": {
      input: Partial<GraphInput>;
      result: PluginGraph;
    };
    "plugins info": {
      input: Partial<InfoInput>;
      result: PluginInfo;
    };
    "plugins list": {
      input: Partial<ListInput>;
      result: ListedPlugin[];
    };
    "plugins link": {
      input: Partial<LinkInput>;
      result: LinkResult;
    };
    "plugins manifest": {
      input: Partial<ManifestInput>;
      result: ManifestResult;
    };
    "plugins new": {
      input: Partial<NewInput>;
      result: NewResult;
    };
    "plugins unlink": {
      input: Partial<UnlinkInput>;
      result: UnlinkedPlugin[];
    };
    "plugins why": {
      input: Partial<WhyInput>;
      result: PluginNeed;
    };
  }
}
/** Leaves plugins out from now on. */
export declare class DisableCommand {
  private readonly registry;
  private readonly policies;
  constructor(registry: Registry, policies: PolicyStore);
  execute({ names, scope, force }: DisableInput): Promise<EnabledPlugin[]>;
  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void>;
}
/** What `structum plugins disable` takes. */
export declare class DisableInput {
  names: string[];
  scope: PolicyScope;
  force: boolean;
}
/** Looks for what is wrong with the plugins of the host that it runs in. */
export declare class DoctorCommand {
  #private;
  private readonly registry;
  private readonly policies;
  constructor(registry: Registry, policies: PolicyStore);
  execute({ strict, manifests, importLimit }: DoctorInput, context: CommandContext): Promise<Diagnosis>;
  render(diagnosis: Diagnosis, out: Output): Promise<void>;
}
/** What `structum plugins doctor` takes. */
export declare class DoctorInput {
  strict: boolean;
  manifests: boolean;
  importLimit: number;
}
/** Takes plugins up again that were disabled. */
export declare class EnableCommand {
  #private;
  private readonly registry;
  private readonly policies;
  constructor(registry: Registry, policies: PolicyStore);
  execute({ names, scope }: EnableInput): Promise<EnabledPlugin[]>;
  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void>;
}
/** What `structum plugins enable` takes. */
export declare class EnableInput {
  names: string[];
  scope: PolicyScope;
}
/** Shows which plugins need which. */
export declare class GraphCommand {
  private readonly registry;
  private input;
  constructor(registry: Registry);
  execute(input: GraphInput): Promise<PluginGraph>;
  render(graph: PluginGraph, out: Output): Promise<void>;
}
/** What `structum plugins graph` takes. */
export declare class GraphInput {
  names: string[];
  format: GraphFormat;
  direction: GraphDirection;
  depth?: number;
}
/** Shows everything that the host knows of one plugin. */
export declare class InfoCommand {
  #private;
  private readonly registry;
  private readonly policies;
  constructor(registry: Registry, policies: PolicyStore);
  execute({ name }: InfoInput): Promise<PluginInfo>;
  render(info: PluginInfo, out: Output): Promise<void>;
}
/** What `structum plugins info` takes. */
export declare class InfoInput {
  name: string;
}
/** Makes a plugin under development one of the user's. */
export declare class LinkCommand {
  #private;
  private readonly registry;
  constructor(registry: Registry);
  execute({ folder, importLimit }: LinkInput, { cwd, env, signal }: CommandContext): Promise<LinkResult>;
  render({ plugin, version, folder, state, before, isDescribed, commands, permissions, usable, reason }: LinkResult, out: Output): Promise<void>;
}
/** What `structum plugins link` takes. */
export declare class LinkInput {
  folder: string;
  importLimit: number;
}
/** Lists the plugins of the host that it runs in. */
export declare class ListCommand {
  private readonly registry;
  private input;
  private all;
  constructor(registry: Registry);
  execute(input: ListInput): Promise<ListedPlugin[]>;
  render(plugins: readonly ListedPlugin[], out: Output): Promise<void>;
}
/** What `structum plugins list` takes. */
export declare class ListInput {
  category?: string;
  state?: PluginState;
  keyword?: string;
}
/** Makes the manifest of a plugin from its built code. */
export declare class ManifestCommand {
  private readonly registry;
  private cwd;
  constructor(registry: Registry);
  execute({ folder, check, importLimit }: ManifestInput, context: CommandContext): Promise<ManifestResult>;
  render({ state, file, plugin, differences }: ManifestResult, out: Output): void | Promise<void>;
}
/** What `structum plugins manifest` takes. */
export declare class ManifestInput {
  folder: string;
  check: boolean;
  importLimit: number;
}
/** Writes the package of a new plugin. */
export declare class NewCommand {
  #private;
  private readonly registry;
  private cwd;
  constructor(registry: Registry);
  execute(input: NewInput, context: CommandContext): Promise<NewResult>;
  render({ plugin, command, folder, files, written }: NewResult, out: Output): Promise<void>;
}
/** What `structum plugins new` takes. */
export declare class NewInput {
  name?: string;
  language?: Language;
  category?: string;
  description?: string;
  command?: string;
  package?: string;
  directory?: string;
  author?: string;
  license?: License;
  force: boolean;
  dryRun: boolean;
  yes: boolean;
}
/** Takes back what `structum plugins link` did. */
export declare class UnlinkCommand {
  #private;
  private readonly registry;
  constructor(registry: Registry);
  execute({ name, yes, force }: UnlinkInput, context: CommandContext): Promise<UnlinkedPlugin[]>;
  render(removed: readonly UnlinkedPlugin[], out: Output): Promise<void>;
}
/** What `structum plugins unlink` takes. */
export declare class UnlinkInput {
  name?: string;
  yes: boolean;
  force: boolean;
}
/** Tells who needs a plugin, and through whom. */
export declare class WhyCommand {
  private readonly registry;
  constructor(registry: Registry);
  execute({ name, limit }: WhyInput): Promise<PluginNeed>;
  render({ plugin, version, direct, chains, complete }: PluginNeed, out: Output): Promise<void>;
}
/** What `structum plugins why` takes. */
export declare class WhyInput {
  name: string;
  limit: number;
}
/** A plugin in a chain, and what it asks of the next one; the last asks for nothing. */
export interface ChainLink {
  readonly plugin: string;
  readonly needs?: Omit<Dependent, "plugin">;
}
/** The chains that were found, and whether they are all there are. */
export interface Chains {
  readonly chains: readonly (readonly ChainLink[])[];
  readonly complete: boolean;
}
/** What is wrong with the plugins of a host. */
export interface Diagnosis {
  /** How many there are. */
  readonly plugins: number;
  /** The worst first. */
  readonly findings: readonly Finding[];
}
/** What became of a plugin that was to be enabled or disabled. */
export interface EnabledPlugin {
  readonly plugin: string;
  readonly enabled: boolean;
  readonly scope: PolicyScope;
  /** The policy's file, as an absolute path. */
  readonly file: string;
  /** Whether the file had to be changed. */
  readonly changed: boolean;
  /** Whether it is so here by now: nothing else that is decided about the plugin says the opposite. */
  readonly inForce: boolean;
  /** Why the plugin may still be used, or not be used; absent when nothing speaks against it. */
  readonly notes?: readonly string[];
}
/** Something that is wrong with the plugins of a host, and what to do about it. */
export interface Finding {
  readonly severity: Severity;
  /** What kind of thing it is, the same for all of its kind: `ENGINE_MISMATCH`. */
  readonly code: string;
  /** The plugin, or the file, that it is about. */
  readonly subject: string;
  /** A sentence. */
  readonly message: string;
  /** A command to run, or a line of configuration, or a sentence where it takes more than that. */
  readonly fix?: string;
  /** Plugins that cannot be used because of it, by name. */
  readonly affects?: readonly string[];
}
/** What one plugin asks of another. */
export interface GraphEdge {
  /** The plugin that needs something. */
  readonly from: string;
  /** What it needs: a node's `id`. */
  readonly to: string;
  /** Which versions will do; `*` for a service. */
  readonly range: string;
  /** The service, where that is what is needed. */
  readonly service?: string;
  readonly optional: boolean;
}
/** A plugin, or what plugins need and is not there. */
export interface GraphNode {
  /** The plugin's name; `service:<id>` for a service that nobody provides. */
  readonly id: string;
  /** The version that is there; absent when none is. */
  readonly version?: string;
  /** `missing` where something needs it and it is not there. */
  readonly state: PluginState | "missing";
}
/** A plugin that was linked. */
export interface LinkResult {
  readonly plugin: string;
  readonly version: string;
  /** The name of its package. */
  readonly package: string;
  /** Absolute, links resolved. */
  readonly folder: string;
  /** The path of the link. */
  readonly link: string;
  readonly state: LinkChange;
  /** Where the link led before, when that was changed; absent where nothing was there any more. */
  readonly before?: string;
  /** Whether its manifest was missing, and was made. */
  readonly isDescribed: boolean;
  /** The paths of its commands. */
  readonly commands: readonly string[];
  /** What it asks to be allowed. */
  readonly permissions: Permissions;
  /** Whether this host can use it. */
  readonly usable: boolean;
  /** Why not; absent also where the host does not look for linked plugins. */
  readonly reason?: ErrorReport;
}
/** A plugin in the list. */
export interface ListedPlugin {
  readonly name: string;
  readonly version: string;
  readonly state: PluginState;
  readonly category: string;
  readonly description: string;
  /** The folder of its package, or what the host was given. */
  readonly source: string;
  /** How its package was found; absent when it was given to the host. */
  readonly origin?: PluginOrigin;
  readonly tier: TrustTier;
  /** Milliseconds that loading took; absent as long as it was not loaded. */
  readonly loadTime?: number;
  /** Why it cannot be used. */
  readonly reason?: string;
  /** What to do about that. */
  readonly hint?: string;
}
/** What became of a manifest. */
export interface ManifestResult {
  readonly plugin: string;
  /** Absolute path. */
  readonly file: string;
  readonly state: "written" | "unchanged" | "stale" | "missing";
  /** Where file and code differ: `description`, `commands.tree.input`. */
  readonly differences: readonly string[];
}
/** A new plugin. */
export interface NewResult {
  readonly plugin: string;
  readonly package: string;
  readonly command: string;
  readonly language: Language;
  /** Absolute path. */
  readonly folder: string;
  /** Paths in that folder, with slashes. */
  readonly files: readonly string[];
  /** Whether they were written; not with `--dry-run`. */
  readonly written: boolean;
}
/** Plugins and what they need of each other, both by name. */
export interface PluginGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
/** Everything that the host knows of a plugin. */
export interface PluginInfo extends PluginRecord {
  readonly dependencies: readonly Dependency[];
  readonly dependents: readonly Dependent[];
  /** Where its commands are, by the paths of its manifest; empty when it cannot be used. */
  readonly paths: Readonly<Record<string, string>>;
  /** Other names that the policy gives its commands, and the paths that they mean. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Plugins of the same name that do not count, the first to take its place first. */
  readonly shadowed: readonly ShadowedPlugin[];
}
/** Who needs a plugin. */
export interface PluginNeed extends Chains {
  readonly plugin: string;
  /** The version that is there; absent when the plugin is not. */
  readonly version?: string;
  /** Who asks for it directly, by name. */
  readonly direct: readonly string[];
  /** Who only needs one that does. */
  readonly indirect: readonly string[];
}
/** A plugin that does not count, because another one of its name comes first. */
export interface ShadowedPlugin {
  readonly version: string;
  readonly source: PluginSource;
}
/** A plugin that was unlinked. */
export interface UnlinkedPlugin {
  /** The name of its package. */
  readonly package: string;
  /** Absent where its manifest could not be read any more. */
  readonly plugin?: string;
  /** Where the link led. */
  readonly folder: string;
  /** Whether nothing is there any more. */
  readonly isGone: boolean;
  /** The plugins that require it, and cannot be used any more; absent where there is none. */
  readonly broken?: readonly string[];
}
/** Which way a graph is followed: to what plugins need, to who needs them, or both. */
export type GraphDirection = "dependencies" | "dependents" | "both";
/** How a graph is written. */
export type GraphFormat = "text" | "mermaid" | "dot";
export type Language = "ts" | "js";
export type License = "MIT" | "ISC" | "0BSD" | "UNLICENSED";
/** What became of a link. */
export type LinkChange = "linked" | "changed" | "unchanged";
/** How bad a finding is: something does not work, something will not or costs more than it should, or it is good to know. */
export type Severity = "error" | "warning" | "info";

export {
  PluginsPlugin as default,
};

export {};
