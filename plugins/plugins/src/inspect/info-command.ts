import { Argument, Command, Inject, PolicyService, RegistryService, type Dependency, type Dependent, type Output, type PluginRecord, type PluginSource, type PolicyStore, type Registry } from '@structum/core';
import { pluginNotThere } from '../plugin-unknown.js';
import { renderInfo } from './render-info.js';

/** What `structum plugins info` takes. */
export class InfoInput {
  @Argument({ type: 'string', description: 'The plugin\'s name' })
  name!: string;
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

/** A plugin that does not count, because another one of its name comes first. */
export interface ShadowedPlugin {
  readonly version: string;
  readonly source: PluginSource;
}

/** Shows everything that the host knows of one plugin. */
@Command({
  path: 'plugins info',
  description: 'Show all about a plugin',
  examples: [
    { command: 'structum plugins info tree', description: 'What the plugin "tree" is, needs and offers' },
    { command: 'structum plugins info tree --json', description: 'The same as data' },
  ],
  input: InfoInput,
})
export class InfoCommand {
  constructor(
    @Inject(RegistryService) private readonly registry: Registry,
    @Inject(PolicyService) private readonly policies: PolicyStore,
  ) {}

  async execute({ name }: InfoInput): Promise<PluginInfo> {
    const plugins = await this.registry.judged();
    const record = this.registry.plugin(name);
    if (record === undefined) throw pluginNotThere(name, this.registry);
    return {
      ...record,
      dependencies: this.registry.dependsOn(name),
      dependents: this.registry.dependents(name),
      paths: this.#paths(record),
      aliases: this.#aliases(record),
      shadowed: plugins.filter((plugin) => plugin.name === name && plugin.source.label !== record.source.label).map(({ version, source }) => ({ version, source })),
    };
  }

  render(info: PluginInfo, out: Output): Promise<void> {
    return renderInfo(info, out);
  }

  #paths({ name }: PluginRecord): Record<string, string> {
    const own = this.registry.commands.filter(({ plugin }) => plugin === name);
    return Object.fromEntries(own.map(({ path, manifest }) => [manifest.path, path]));
  }

  #aliases({ name }: PluginRecord): Record<string, string> {
    const isMeant = (alias: string, path: string): boolean => {
      const command = this.registry.command(alias);
      return command?.plugin === name && command.path === path;
    };
    return Object.fromEntries(Object.entries(this.policies.policy.aliases ?? {}).filter(([alias, path]) => isMeant(alias, path)));
  }
}
