import { Argument, Command, Inject, RegistryService, similar, type Dependency, type Dependent, type Output, type PluginRecord, type Registry } from '@structum/core';
import { pluginUnknown } from '../enable/errors.js';
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
  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ name }: InfoInput): Promise<PluginInfo> {
    const plugins = await this.registry.judged();
    const record = this.registry.plugin(name);
    if (record === undefined) throw pluginUnknown(name, similar(name, plugins.map((plugin) => plugin.name)));
    return { ...record, dependencies: this.registry.dependsOn(name), dependents: this.registry.dependents(name), paths: this.#paths(record) };
  }

  render(info: PluginInfo, out: Output): Promise<void> {
    return renderInfo(info, out);
  }

  #paths({ name }: PluginRecord): Record<string, string> {
    const own = this.registry.commands.filter(({ plugin }) => plugin === name);
    return Object.fromEntries(own.map(({ path, manifest }) => [manifest.path, path]));
  }
}
