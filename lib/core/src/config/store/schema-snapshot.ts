import type { SettingsSchema } from '../../contract/index.js';
import type { SchemaSource } from './schemas.js';

/** What plugins say of their settings, each looked up once: that may be a look at packages, and there may be thousands of settings. */
export class SchemaSnapshot implements SchemaSource {
  readonly #source: SchemaSource;
  readonly #schemas = new Map<string, SettingsSchema | undefined>();
  #names: readonly string[] | undefined;

  constructor(source: SchemaSource) {
    this.#source = source;
  }

  names(): readonly string[] {
    this.#names ??= this.#source.names();
    return this.#names;
  }

  schemaOf(plugin: string): SettingsSchema | undefined {
    if (!this.#schemas.has(plugin)) this.#schemas.set(plugin, this.#source.schemaOf(plugin));
    return this.#schemas.get(plugin);
  }
}
