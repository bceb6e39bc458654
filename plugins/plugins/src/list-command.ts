import { Command, Inject, Option, RegistryService, type Output, type PluginRecord, type PluginState, type Registry } from '@structum/core';
import { table } from './table.js';

const STATES: readonly PluginState[] = ['discovered', 'resolved', 'rejected', 'loaded', 'active', 'failed', 'stopped'];

/** What `structum plugins list` takes. */
export class ListInput {
  @Option('-c,--category', { type: 'string', description: 'Only plugins of this category', placeholder: 'category' })
  category?: string;

  @Option('-s,--state', { type: 'string', enum: STATES, description: 'Only plugins in this state' })
  state?: PluginState;
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

/** Lists the plugins of the host that it runs in. */
@Command({
  path: 'plugins list',
  description: 'List plugins',
  details: 'A plugin is loaded when one of its commands runs: until then it is "resolved", or "rejected" when it cannot be used.',
  examples: [
    { command: 'structum plugins list', description: 'All plugins' },
    { command: 'structum plugins list --state rejected', description: 'Plugins that cannot be used, and why' },
    { command: 'structum plugins list --json', description: 'The same as data' },
  ],
  input: ListInput,
})
export class ListCommand {
  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ category, state }: ListInput): Promise<ListedPlugin[]> {
    const plugins = await this.registry.judged();
    return plugins
      .filter((plugin) => category === undefined || plugin.category === category)
      .filter((plugin) => state === undefined || plugin.state === state)
      .map(listed);
  }

  async render(plugins: readonly ListedPlugin[], out: Output): Promise<void> {
    if (plugins.length === 0) return out.line('No plugins.');
    await out.write(table(['NAME', 'VERSION', 'STATE', 'CATEGORY', 'DESCRIPTION'], plugins.map(rowOf)));
    for (const { name, reason } of plugins) if (reason !== undefined) await out.line(`\n${name}: ${reason}`);
  }
}

function listed({ name, version, state, category, description, source, reason }: PluginRecord): ListedPlugin {
  return { name, version, state, category, description, source: source.label, ...(reason === undefined ? {} : { reason: reason.message }) };
}

function rowOf({ name, version, state, category, description }: ListedPlugin): string[] {
  return [name, version, state, category, description];
}
