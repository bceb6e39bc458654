import { resolve } from 'node:path';
import { StructumError } from '../errors/index.js';
import { locateFiles, type LocatedFile } from './files/locate.js';
import type { ConfigLayer } from './layers/config-layer.js';
import { DataLayer } from './layers/data-layer.js';
import type { Section } from './section.js';

/** Where a configuration comes from. Each that is left out says nothing. */
export interface ConfigSources {
  /** The folder of what the user set: `config.yaml` (or `.yml`, `.json`, `.toml`) in it, and `config.<environment>.yaml`. */
  readonly global?: string;
  /**
   * The folder that is worked in: `.structum.yaml` there, or in the nearest folder above it that has one, up to the root of
   * its repository; `.structum.<environment>.yaml` and `.structum.local.yaml` beside that, or nearer.
   */
  readonly project?: string;
  /** The environment, as part of files' names: `production`. */
  readonly environment?: string;
  /** One more file, in whichever of the formats; it must be there. */
  readonly file?: string;
  /** Environment variables: `STRUCTUM_PLUGINS__TREE__THEME` sets `plugins.tree.theme`. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Names of the host's own variables that begin with `STRUCTUM_`, too: of all others that set nothing, a notice tells. */
  readonly otherVariables?: readonly string[];
  /** Settings as on a command line: `plugins.tree.theme=ascii`. */
  readonly set?: readonly string[];
  /** A folder where what files say is remembered, readable by their user alone. */
  readonly cache?: string;
}

/** The layers of a configuration, the weakest first. */
export interface LoadedLayers {
  readonly layers: readonly ConfigLayer[];
  /** The files that were looked for, whether they are there or not. */
  readonly files: readonly LocatedFile[];
  /** Files that cannot be used, and why. */
  readonly unusable: readonly { readonly located: LocatedFile; readonly error: StructumError }[];
  /** `CONFIG_VARIABLE_UNKNOWN`. */
  readonly notices: readonly StructumError[];
}

/**
 * Reads all sources.
 *
 * @param host - What the host itself is given: it counts most.
 * @throws the codes of files that cannot be located, and of overrides that make no sense.
 */
export async function loadLayers(sources: ConfigSources, host: Section): Promise<LoadedLayers> {
  const { cache: cacheFolder, variables, otherVariables, set = [], file, ...places } = sources;
  const files = locateFiles({ ...places, ...(file === undefined ? {} : { file: resolve(file) }) });
  const layers: ConfigLayer[] = [];
  const unusable: { located: LocatedFile; error: StructumError }[] = [];
  let notices: readonly StructumError[] = [];
  for (const located of files) if (located.problem !== undefined) unusable.push({ located, error: located.problem });
  const there = files.filter(({ exists, problem }) => exists && problem === undefined);
  if (there.length > 0) {
    const [{ loadFileLayer }, { ConfigCache }] = await Promise.all([import('./files/file-layer.js'), import('./files/config-cache.js')]);
    const cache = cacheFolder === undefined ? undefined : new ConfigCache(cacheFolder);
    for (const located of there) {
      try {
        const layer = await loadFileLayer(located.layer, located.file, cache);
        if (layer !== undefined) layers.push(layer);
      } catch (error) {
        if (!StructumError.is(error)) throw error;
        unusable.push({ located, error });
      }
    }
  }
  if (variables !== undefined && Object.keys(variables).some((name) => name.startsWith('STRUCTUM_'))) {
    const { variableLayer } = await import('./layers/variable-layer.js');
    const { layer, notices: ofVariables } = variableLayer(variables, otherVariables);
    layers.push(layer);
    notices = ofVariables;
  }
  if (set.length > 0) layers.push((await import('./layers/command-line-layer.js')).commandLineLayer(set));
  layers.push(new DataLayer('host', host));
  return { layers, files, unusable, notices };
}
