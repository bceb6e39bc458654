import { dirname } from 'node:path';
import { StructumError } from '../errors/index.js';
import { Configuration } from './configuration.js';
import { isOfProject } from './layers/config-layer.js';
import { DataLayer } from './layers/data-layer.js';
import { loadLayers, type ConfigSources } from './load-layers.js';
import type { Section } from './section.js';
import { isTrustedProject } from './trusted-projects.js';

/** What a configuration is made of. */
export interface ConfigurationParts {
  /** Nothing is looked at where there are none. */
  readonly sources: ConfigSources | undefined;
  /** What the host itself is given: it counts most. */
  readonly host: Section;
  /** Folders of projects that the user trusts. */
  readonly trustedProjects: readonly string[];
  /** What a file does that cannot be used: it is an error, which is the usual, or costs a notice, and says nothing. */
  readonly problems: 'throw' | 'warn' | undefined;
}

/** A configuration, and what is wrong with some of it that is gone on without. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly notices: readonly StructumError[];
}

/**
 * Brings together the settings of all sources. A file of a project that is not trusted only costs a notice where it
 * cannot be used: a folder that somebody else wrote takes no command down.
 *
 * @throws what {@link loadLayers} throws.
 */
export async function loadConfiguration({ sources, host, trustedProjects, problems }: ConfigurationParts): Promise<LoadedConfiguration> {
  if (sources === undefined) return { configuration: new Configuration([new DataLayer('host', host)], { isProjectTrusted: false }), notices: [] };
  const tolerated: StructumError[] = [];
  const { layers, files, notices } = await loadLayers(sources, host, (error, { layer, file }) => {
    const isTolerated = problems === 'warn' || (isOfProject(layer) && !isTrustedProject(dirname(file), trustedProjects));
    if (!isTolerated || !StructumError.is(error)) throw error;
    tolerated.push(error);
  });
  const project = files.find(({ layer }) => layer === 'project');
  const isProjectTrusted = project !== undefined && isTrustedProject(dirname(project.file), trustedProjects);
  return { configuration: new Configuration(layers, { isProjectTrusted }), notices: [...notices, ...tolerated] };
}
