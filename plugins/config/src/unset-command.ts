import { Argument, Command, ConfigService, Inject, Option, type ConfigChange, type ConfigStore, type Output } from '@structum/core';
import { renderChange } from './changed.js';
import { ScopeInput, scopeOptions } from './scope.js';

/** What `structum config unset` takes. */
export class UnsetInput extends ScopeInput {
  @Argument({ description: 'The setting: plugins.tree.theme' })
  key!: string;

  @Option('-f,--force', { description: 'Also what a plugin requires and nobody else says' })
  force = false;
}

/** Takes a setting out of a file. */
@Command({
  path: 'config unset',
  description: 'Take a setting out of a file, so that weaker ones or its default count again',
  examples: [{ command: 'structum config unset plugins.tree.theme --scope project', description: 'Leave the theme to everybody' }],
  input: UnsetInput,
})
export class UnsetCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  execute({ key, force, scope, environment }: UnsetInput): Promise<ConfigChange> {
    return this.config.unset(key, { ...scopeOptions(scope, environment), force });
  }

  render(change: ConfigChange, out: Output): Promise<void> {
    return renderChange(change, { done: `Took ${change.key} out of`, undone: `says nothing of ${change.key}` }, out);
  }
}
