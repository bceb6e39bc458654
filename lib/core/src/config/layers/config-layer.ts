import type { ValueSchema } from '../../contract/index.js';
import type { KeyPath } from '../section.js';

/** Where settings come from, the weakest first: what a later one says counts. Below all are the defaults of schemas. */
export const LAYER_NAMES = [
  'global', 'global-environment', 'project', 'project-environment', 'local', 'file', 'variable', 'command-line', 'host',
] as const;

/** A layer of a configuration. */
export type LayerName = (typeof LAYER_NAMES)[number];

/** What is known of a section: the settings in it. */
export type SectionSchema = Pick<ValueSchema, 'properties' | 'additionalProperties'>;

/** What a layer says, and where. */
export interface ConfigLayer {
  readonly name: LayerName;
  /** Absolute path of the file that it is; absent for what is none. */
  readonly file?: string;
  /**
   * What it says at `path`, `undefined` where it says nothing.
   *
   * @param schema - Of the section at `path`: texts are no numbers until somebody says so.
   */
  valueAt(path: KeyPath, schema?: SectionSchema): unknown;
}

/** Layers that come from the folder of a project: somebody else may have written them. */
const OF_PROJECT: ReadonlySet<LayerName> = new Set(['project', 'project-environment', 'local']);

/** Whether whoever wrote the project says it, rather than its user. */
export function isOfProject(layer: LayerName): boolean {
  return OF_PROJECT.has(layer);
}
