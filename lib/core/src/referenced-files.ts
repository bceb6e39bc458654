import { dirname } from 'node:path';
import type { Configuration } from './config/index.js';
import { formatKeyPath } from './config/key-path.js';
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

/** A file that a setting refers to. */
export interface ReferencedFile {
  /** Absolute path. */
  readonly file: string;
  /** The setting: `plugins.mail.token`. */
  readonly key: string;
}

/**
 * The files that the settings of a plugin refer to, where it is up or failed because of its settings. Of any other one
 * there are none: they are read when it comes up.
 */
export function referencedFiles(unit: PluginUnit, configuration: Configuration, { env, cwd }: ReferencingHost): readonly ReferencedFile[] {
  const { name, manifest: { settings: schema } } = unit;
  if (!isWaitedFor(unit)) return [];
  const section = unit.settings ?? configuration.pluginSection(name, schema).section;
  const source = configuration.sourceOf(name, schema);
  const home = homeOf(env);
  return [...templatesIn(unresolvedPart(schema, section))].flatMap(({ template, path }) => {
    const keys = keysTo(path);
    const written = unit.settings === undefined ? source.layerOf(keys)?.file : undefined;
    const place = { cwd, home, folder: written === undefined ? undefined : dirname(written) };
    const files = referencesIn(template).filter(({ scheme }) => scheme === 'file').flatMap(({ target }) => secretPath(target, place) ?? []);
    return files.map((file) => ({ file, key: formatKeyPath(['plugins', name, ...keys]) }));
  });
}

function isWaitedFor({ state, described, reason }: PluginUnit): boolean {
  // Hardly any plugin refers to anything, and its section may be large.
  return state === 'active' ? holdsTemplates(described) : state === 'failed' && OF_SETTINGS.test(reason?.code ?? '');
}

/** Codes of what settings, or what they refer to, may be the cause of. */
const OF_SETTINGS = /^(?:CONFIG_INVALID$|SECRET_)/;
