import type { SettingsSchema } from '../../contract/index.js';
import type { SectionSource } from '../configuration.js';
import type { Section } from '../section.js';

/** A plugin's section of a configuration, or a part of it, whose references are to be resolved. */
export interface SecretiveSection {
  readonly section: Section;
  readonly plugin: string;
  readonly schema: SettingsSchema | undefined;
  readonly source: SectionSource;
}
