import { Argument, Command, ConfigService, Inject, Option, type ConfigChange, type ConfigStore, type Output } from '@structum/core';
import { renderChange } from './changed.js';
import { ScopeInput, scopeOptions } from './scope.js';

/** What `structum config set` takes. */
export class SetInput extends ScopeInput {
  @Argument({ description: 'The setting: plugins.tree.theme' })
  key!: string;

  @Argument({ description: 'Its value; of lists the items with commas between, or JSON' })
  value!: string;

  @Option('-f,--force', { description: 'Also what nothing describes, and what does not fit' })
  force = false;
}

/** Sets a value in a file. */
@Command({
  path: 'config set',
  description: 'Set a value, and leave everything else in the file as it is',
  details: 'The value is checked before it is written: what no plugin describes is refused, unless --force is given.',
  examples: [
    { command: 'structum config set plugins.tree.theme ascii', description: 'Draw trees in ASCII, for yourself' },
    { command: 'structum config set plugins.tree.theme ascii --scope project', description: 'For everybody in this project' },
  ],
  input: SetInput,
})
export class SetCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  execute({ key, value, force, scope, environment }: SetInput): Promise<ConfigChange> {
    return this.config.set(key, value, { ...scopeOptions(scope, environment), force });
  }

  render(change: ConfigChange, out: Output): Promise<void> {
    return renderChange(change, { done: `Set ${change.key} in`, undone: 'says so already' }, out);
  }
}
