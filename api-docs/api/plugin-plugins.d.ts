import { CommandContext, Output, PluginState, Registry } from '@structum/core';

/** `structum plugins …`: looks at the plugins of a host, and describes new ones. */
declare class PluginsPlugin {
}
declare module "@structum/core" {
  interface CommandMap {
    "plugins list": {
      input: Partial<ListInput>;
      result: ListedPlugin[];
    };
    "plugins manifest": {
      input: Partial<ManifestInput>;
      result: ManifestResult;
    };
  }
}
/** Lists the plugins of the host that it runs in. */
export declare class ListCommand {
  private readonly registry;
  constructor(registry: Registry);
  execute({ category, state }: ListInput): Promise<ListedPlugin[]>;
  render(plugins: readonly ListedPlugin[], out: Output): Promise<void>;
}
/** What `structum plugins list` takes. */
export declare class ListInput {
  category?: string;
  state?: PluginState;
}
/** Makes the manifest of a plugin from its built code. */
export declare class ManifestCommand {
  private cwd;
  execute({ folder, check }: ManifestInput, context: CommandContext): Promise<ManifestResult>;
  render({ state, file, plugin, differences }: ManifestResult, out: Output): void | Promise<void>;
}
/** What `structum plugins manifest` takes. */
export declare class ManifestInput {
  folder: string;
  check: boolean;
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
  /** Why it cannot be used. */
  readonly reason?: string;
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

export {
  PluginsPlugin as default,
};

export {};
