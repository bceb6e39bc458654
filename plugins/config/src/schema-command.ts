import { Command, ConfigService, Inject, type ConfigStore, type Output } from '@structum/core';

/** Prints the schema of configuration files. */
@Command({
  path: 'config schema',
  description: 'Print JSON Schema for configuration files, of all plugins that are installed',
  details: 'Editors complete and check .structum.yaml with it: name the file in a first line "# yaml-language-server: $schema=<file>".',
  examples: [{ command: 'structum config schema > .structum.schema.json', description: 'Keep it beside .structum.yaml' }],
})
export class SchemaCommand {
  constructor(@Inject(ConfigService) private readonly config: ConfigStore) {}

  execute(): Promise<object> {
    return this.config.schema();
  }

  render(schema: object, out: Output): void {
    void out.line(JSON.stringify(schema, undefined, 2));
  }
}
