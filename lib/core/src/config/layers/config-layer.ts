import type { ConfigLayerName, ValueSchema } from '../../contract/index.js';
import type { KeyPath } from '../section.js';

/** A layer of a configuration: all but the defaults, which schemas have. */
export type LayerName = Exclude<ConfigLayerName, 'default'>;

/** The weakest first. */
const ORDER: readonly LayerName[] = ['global', 'global-environment', 'project', 'project-environment', 'local', 'file', 'variable', 'command-line', 'host'];

/** Whether what one layer says counts more than what another one does. */
export function isStronger(one: LayerName, other: LayerName): boolean {
  return ORDER.indexOf(one) > ORDER.indexOf(other);
}

/** The weakest first. */
export function byStrength<Layer extends { readonly name: LayerName }>(layers: readonly Layer[]): readonly Layer[] {
  return [...layers].sort((one, other) => ORDER.indexOf(one.name) - ORDER.indexOf(other.name));
}

/** What is known of a section: the settings in it. */
export type SectionSchema = Pick<ValueSchema, 'properties' | 'additionalProperties'>;

/** What a layer says, and where. */
export interface ConfigLayer {
  readonly name: LayerName;
  /** Absolute path of the file that it is; absent for what is none. */
  readonly file?: string;
  /** The names of the sections in which it says something. */
  readonly sections: readonly string[];
  /** The names of the plugins for which it says something, as it has them. */
  readonly plugins: readonly string[];
  /** Whether it is known that what it says for each plugin are settings by name; nothing is known where it is absent. */
  readonly isWellShaped?: boolean;
  /**
   * What it says at `path`, `undefined` where it says nothing.
   *
   * @param schema - Of the section at `path`: texts are no numbers until somebody says so.
   */
  valueAt(path: KeyPath, schema?: SectionSchema): unknown;
  /** What says it that is no file: `$STRUCTUM_PLUGINS__TREE__THEME`, `--set`. */
  sourceOf?(path: KeyPath): string | undefined;
}

/** Layers that come from the folder of a project: somebody else may have written them. */
const OF_PROJECT: ReadonlySet<LayerName> = new Set(['project', 'project-environment', 'local']);

/** Whether whoever wrote the project says it, rather than its user. */
export function isOfProject(layer: LayerName): boolean {
  return OF_PROJECT.has(layer);
}
