import { dirname } from 'node:path';
import type { Configuration } from './config/index.js';
import { keysTo } from './config/section.js';
import { unresolvedPart } from './config/secrets/check-section.js';
import { secretPath } from './config/secrets/secret-path.js';
import { holdsTemplates, referencesIn, templatesIn } from './config/secrets/template.js';
import { homeOf } from './platform/index.js';
import type { PluginUnit } from './plugins/plugin-unit.js';

/** Where a host works, and for whom. */
export interface ReferencingHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The files that the settings of a plugin refer to, as absolute paths, where it is up or failed because of a secret. Of any
 * other one there are none: they are read when it comes up.
 */
export function referencedFiles(unit: PluginUnit, configuration: Configuration, { env, cwd }: ReferencingHost): readonly string[] {
  const { name, manifest: { settings: schema } } = unit;
  if (!isWaitedFor(unit)) return [];
  const section = unit.settings ?? configuration.pluginSection(name, schema).section;
  const source = configuration.sourceOf(name, schema);
  const home = homeOf(env);
  return [...templatesIn(unresolvedPart(schema, section))].flatMap(({ template, path }) => {
    const file = unit.settings === undefined ? source.layerOf(keysTo(path))?.file : undefined;
    const targets = referencesIn(template).filter(({ scheme }) => scheme === 'file').map(({ target }) => target);
    return targets.flatMap((target) => secretPath(target, { cwd, home, folder: file === undefined ? undefined : dirname(file) }) ?? []);
  });
}

function isWaitedFor({ state, described, reason }: PluginUnit): boolean {
  // Hardly any plugin refers to anything, and its section may be large.
  return state === 'active' ? holdsTemplates(described) : state === 'failed' && reason?.code === 'SECRET_UNAVAILABLE';
}
