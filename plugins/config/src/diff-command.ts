import { Argument, Command, ConfigService, Inject, type ConfigDifference, type ConfigStore, type Output } from '@structum/core';
import { valueText } from './text.js';

/** What `structum config diff` takes. */
export class DiffInput {
  @Argument({ description: 'An environment' })
  one!: string;

  @Argument({ description: 'Another one; what counts in none when left out', required: false })
  other?: string;
}

/** Compares environments. */
@Command({
  path: 'config diff',
  description: 'Show what is set differently in two environments',
  examples: [
    { command: 'structum config diff staging production', description: 'Between two environments' },
    { command: 'structum config diff production', description: 'Between an environment and none' },
  ],
  input: DiffInput,
})
export class DiffCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  execute({ one, other }: DiffInput): Promise<readonly ConfigDifference[]> {
    return this.config.diff(one, other);
  }

  async render(differences: readonly ConfigDifference[], out: Output): Promise<void> {
    if (differences.length === 0) await out.line('Nothing is different.');
    for (const { key, one, other } of differences) {
      await out.line(key);
      if (one !== undefined) await out.line(`- ${valueText(one)}`);
      if (other !== undefined) await out.line(`+ ${valueText(other)}`);
    }
  }
}
