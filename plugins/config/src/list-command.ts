import { Argument, Command, ConfigService, Inject, Option, type ConfigStore, type ConfigValue, type Output } from '@structum/core';
import { columns, originText, valueText } from './text.js';

/** What `structum config list` takes. */
export class ListInput {
  @Argument({ description: 'Only what is below this key: plugins.tree', required: false })
  prefix?: string;

  @Option('--show-origin', { description: 'Say where each value stands' })
  showOrigin = false;

  @Option('-a,--all', { description: 'Also what nobody sets and has no default' })
  all = false;

  @Option('--reveal', { description: 'Show the values of secrets' })
  reveal = false;
}

/** Lists settings and their values. */
@Command({
  path: 'config list',
  description: 'List settings and the values that count',
  examples: [
    { command: 'structum config list --show-origin', description: 'All of them, and where each stands' },
    { command: 'structum config list plugins.tree --all', description: 'Everything that can be set for the plugin "tree"' },
  ],
  input: ListInput,
})
export class ListCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  async execute({ prefix, showOrigin, all, reveal }: ListInput): Promise<readonly ConfigValue[]> {
    const settings = await this.config.list({ ...(prefix === undefined ? {} : { prefix }), reveal, origins: showOrigin });
    return settings.filter(({ value }) => all || value !== undefined);
  }

  async render(settings: readonly ConfigValue[], out: Output): Promise<void> {
    const showsOrigins = settings.some(({ origin }) => origin !== undefined);
    const rows = settings.map(({ key, value, origin }) => [
      ...(showsOrigins ? [origin === undefined ? '-' : originText(origin)] : []), `${key} = ${value === undefined ? '-' : valueText(value)}`,
    ]);
    for (const line of columns(rows)) await out.line(line);
  }
}
