import { Argument, Command, ConfigService, Inject, Option, type CommandContext, type ConfigStore, type ConfigValue, type Output } from '@structum/core';
import { valueText } from './text.js';

/** What `structum config get` takes. */
export class GetInput {
  @Argument({ description: 'The setting: plugins.tree.theme' })
  key!: string;

  @Option('--reveal', { description: 'Show the value also where it is a secret, and resolve references to secrets' })
  reveal = false;
}

/** Tells the value of a setting. */
@Command({
  path: 'config get',
  description: 'Print the value of a setting',
  details: 'Exits with 1 where nobody sets it and it has no default, and with 2 where nothing knows it either. Secrets are hidden, and references to them, as ${env:TOKEN}, shown as they are written, unless --reveal is given.',
  examples: [{ command: 'structum config get plugins.tree.theme', description: 'The theme that trees are drawn with' }],
  input: GetInput,
})
export class GetCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  async execute({ key, reveal }: GetInput, context: CommandContext): Promise<ConfigValue> {
    const found = await this.config.get(key, { reveal });
    if (found.value === undefined) context.setExitCode(1);
    return found;
  }

  render({ value }: ConfigValue, out: Output): void {
    if (value !== undefined) void out.line(valueText(value));
  }
}
