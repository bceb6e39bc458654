import { Command, ConfigService, Inject, type ConfigFileRecord, type ConfigStore, type Output } from '@structum/core';
import { columns } from './text.js';

/** Tells the files of a configuration. */
@Command({
  path: 'config path',
  description: 'List the files that settings come from, and where they would be made',
  examples: [{ command: 'structum config path', description: 'The weakest first' }],
})
export class PathCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  execute(): readonly ConfigFileRecord[] {
    return this.config.files();
  }

  async render(files: readonly ConfigFileRecord[], out: Output): Promise<void> {
    for (const line of columns(files.map(({ layer, file, exists }) => [layer, file, exists ? '' : '(none)']))) await out.line(line);
  }
}
