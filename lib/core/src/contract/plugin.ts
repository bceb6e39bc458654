import { catalogued } from '../errors/index.js';
import type { CommandClass } from './command.js';
import { DescriptionKey, record, recordedOn, refuseStandardDecorator } from './description.js';
import type { Provider } from './injection.js';
import type { ExecutorKind } from './security.js';
import type { OnActivate, OnDeactivate, HealthIndicator } from './lifecycle.js';
import type { Class, ServiceToken } from './token.js';

/** What a plugin may do when it is not trusted; what is left out is not allowed. */
export interface Permissions {
  /**
   * Files, and folders with all that is in them: absolute, below `~`, or below `$workspace`, `$plugin` or `$data`.
   * `$git` stands for the files outside of these that say what git ignores in them.
   */
  readonly read?: readonly string[];
  /** The same, without `$git`; also of what is not there yet. */
  readonly write?: readonly string[];
  /** Hosts that may be connected to: `example.org:443`, `*.example.org:443`, `[::1]:80`; `*` stands for all hosts, or all ports. */
  readonly net?: readonly string[];
  /** Environment variables that may be seen: `NAME`, `PREFIX_*`. */
  readonly env?: readonly string[];
  /** Programs that may be run: names, absolute paths, or `*` for all. */
  readonly run?: readonly string[];
  /** Ids of core services that may be used. */
  readonly services?: readonly string[];
}

/** A command class, or a function that imports the module of one or more of them on first use. */
export type CommandReference = CommandClass | (() => Promise<unknown>);

/**
 * What a plugin is taken up for, before one of its own commands or services is asked for: when the host starts, before
 * another plugin's command runs (`onCommand:archive`), when a service is asked for (`onService:structum.tree`), or at an
 * event of the host's own (`onEvent:workspace-opened`, told by `structum.trigger('workspace-opened')`).
 */
export type ActivationEvent = 'onStart' | `onCommand:${string}` | `onService:${string}` | `onEvent:${string}`;

/** The categories of the official plugins; others are allowed. */
export type Category = 'core' | 'utility' | 'export' | 'documentation' | 'analysis' | 'formatting' | 'security' | 'monitoring';

/** What `@Plugin` says of a class. */
export interface PluginOptions {
  /** Short and unique in a host: `archive`, or `scope/name`. */
  readonly name: string;
  /**
   * For classes without a package of their own. A package is the plugin's own where its `package.json` has the field
   * `structum`, or a manifest stands beside it: then the package's version comes first. Without either version, that of
   * the nearest package is taken.
   */
  readonly version?: string;
  readonly category?: Category | (string & {});
  /** One line. */
  readonly description: string;
  /** Words to find it by, for classes without a package of their own: otherwise those of its `package.json` count. */
  readonly keywords?: readonly string[];
  /** The range of `@structum/core` that it works with, as npm writes ranges. */
  readonly engine?: string;
  /** Plugins that it needs, and their ranges. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Plugins that it uses when they are there. */
  readonly optional?: Readonly<Record<string, string>>;
  /** Services that it needs, whichever plugin provides them: it may inject them. */
  readonly requiresServices?: readonly ServiceToken<unknown>[];
  /** Plugins that it cannot work beside. */
  readonly conflicts?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  /** Where it runs at least, wherever it is trusted; in the host's own thread when left out. */
  readonly executor?: Exclude<ExecutorKind, 'inline'>;
  /** The class whose `@Setting`s may be set for it, at `plugins.<name>`; or what `defineSettings` gave. Without one, anything may be. */
  readonly settings?: Class<object>;
  /** Services that it offers to plugins that require it. */
  readonly provides?: readonly ServiceToken<unknown>[];
  /** How to make what it injects and offers. */
  readonly providers?: readonly Provider[];
  readonly commands?: readonly CommandReference[];
  /** When it is taken up before it is needed; only when needed when left out. */
  readonly activation?: readonly ActivationEvent[];
  /**
   * `import.meta.url` (or `__filename`) of the module that the plugin is the default export of. With it, the
   * plugin's manifest is found, and the plugin can be imported again elsewhere: in a worker, in a process.
   */
  readonly module?: string;
}

/** An instance of a plugin class; all of its hooks are optional. */
export type PluginInstance = Partial<OnActivate & OnDeactivate & HealthIndicator>;

/** A class that carries a `@Plugin` description; its instances are {@link PluginInstance}s. */
export type PluginClass = Class<object>;

/** Makes a class a plugin. */
export function Plugin(options: PluginOptions): (target: PluginClass) => void {
  return (target: PluginClass, ...rest: unknown[]) => {
    refuseStandardDecorator('Plugin', rest[0]);
    if (pluginOptionsOf(target) !== undefined) throw catalogued('DECORATOR_MISPLACED', { decorator: 'Plugin', where: `twice, on ${target.name}` });
    record(target, DescriptionKey.plugin, options);
  };
}

/** What `@Plugin` said of `target`, or `undefined`. */
export function pluginOptionsOf(target: object): PluginOptions | undefined {
  return recordedOn<PluginOptions>(target, DescriptionKey.plugin);
}

/** A plugin without a class: see {@link definePlugin}. */
export interface PluginDefinition extends PluginOptions, PluginInstance {}

/** Describes a plugin without decorators; export the result as the module's default. */
export function definePlugin(definition: PluginDefinition): PluginClass {
  const { onActivate, onDeactivate, checkHealth, ...options } = definition;
  class DefinedPlugin {}
  record(DefinedPlugin, DescriptionKey.plugin, options);
  Object.defineProperty(DefinedPlugin, 'name', { value: `plugin "${options.name}"` });
  Object.assign(DefinedPlugin.prototype, {
    ...(onActivate === undefined ? {} : { onActivate }),
    ...(onDeactivate === undefined ? {} : { onDeactivate }),
    ...(checkHealth === undefined ? {} : { checkHealth }),
  });
  return DefinedPlugin;
}
