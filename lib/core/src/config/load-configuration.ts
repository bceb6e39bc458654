import { dirname } from 'node:path';
import type { ProjectTrust } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { Configuration, type ConfiguredProject } from './configuration.js';
import { coreProblems, looserSettings, unknownSections } from './core-settings.js';
import type { LocatedFile } from './files/locate.js';
import { layerFlaw } from './layer-flaw.js';
import { byStrength, isOfProject, type ConfigLayer, type LayerName } from './layers/config-layer.js';
import { loadLayers, type ConfigSources } from './load-layers.js';
import { ignoredSettings, mergePolicies, type PolicyInForce } from './policy-layers.js';
import { pluginSectionProblems } from './plugin-sections.js';
import { policyOf, type PolicyOptions } from './policy-of-layer.js';
import type { Section } from './section.js';
import { together } from './together.js';
import { isTrustedByHost, isTrustedProject } from './trusted-projects.js';
import { unknownSettings } from './unknown-settings.js';

/** What a configuration is made of. */
export interface ConfigurationParts extends PolicyOptions {
  /** Nothing is looked at where there are none. */
  readonly sources: ConfigSources | undefined;
  /** What the host itself is given: it counts most. */
  readonly host: Section;
  /** What a file does that cannot be used: it is an error, which is the usual, or costs a notice, and says nothing. */
  readonly problems: 'throw' | 'warn' | undefined;
  /** Trusts projects beside those that the user names; asked each time. */
  readonly trustProject?: ProjectTrust | undefined;
}

/** A configuration, what it decides about plugins, and what is wrong with some of it that is gone on without. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly policy: PolicyInForce;
  /** The files, the weakest first, whether they are there or not. */
  readonly files: readonly LocatedFile[];
  /** Why some of it cannot be used, and is gone on without. */
  readonly flaws: readonly StructumError[];
  /** `CONFIG_IGNORED`, `CONFIG_KEY_UNKNOWN`, `CONFIG_VARIABLE_UNKNOWN`, and why files are gone on without. */
  readonly notices: readonly StructumError[];
}

/**
 * Brings together the settings of all sources, and what they decide about plugins.
 *
 * A file that cannot be read is an error: it may disable what must not run. One of a project that is not trusted only
 * costs a notice: a folder that somebody else wrote takes no command down.
 *
 * @param last - What was in force before: what its files said goes on to count where they cannot be used any more, and that
 *   is no error.
 * @throws `CONFIG_UNREADABLE`, `CONFIG_FILE_INVALID`, `CONFIG_INVALID`, `CONFIG_AMBIGUOUS` and the other codes of sources; `CONFIG_UNUSABLE` for several of these.
 */
export async function loadConfiguration(parts: ConfigurationParts, last?: Configuration): Promise<LoadedConfiguration> {
  const { sources = {}, host, problems } = parts;
  const { layers: usable, files, unusable, notices } = await loadLayers(sources, host);
  const layers = byStrength([...usable, ...unusable.flatMap(({ located }) => last?.layers.find((layer) => isInPlaceOf(layer, located)) ?? [])]);
  const policies = await Promise.all(layers.map((layer) => policyOf(layer, parts)));
  const { policy: ofUser } = mergePolicies(policies.filter(({ layer }) => !isOfProject(layer.name)), true);
  const project = await projectIn(files, ofUser.trusted_projects, parts);
  const isProjectTrusted = project?.isTrusted === true;
  const configuration = new Configuration(layers, project);
  const { flaws: ofCore, notices: ofUnknown } = await judged(configuration);
  const flaws = [...unusable.map(({ located, error }) => ({ name: located.layer, error })), ...policies.flatMap(({ layer, error }) => (error === undefined ? [] : [{ name: layer.name, error }])), ...ofCore];
  const isTolerated = ({ name }: (typeof flaws)[number]): boolean => name !== 'host' && (problems === 'warn' || configuration.isOfStranger(name));
  const refusal = together(flaws.filter((flaw) => !isTolerated(flaw)).map(({ error }) => error));
  if (refusal !== undefined) throw refusal;
  const ignored = policies.flatMap(({ layer, policy }) => {
    const settings = isOfProject(layer.name) ? [...ignoredSettings(policy, isProjectTrusted, ofUser), ...looserSettings(layer, configuration)] : [];
    return ignoredNotices(settings, layer, project);
  });
  return {
    configuration,
    policy: mergePolicies(policies, isProjectTrusted),
    files,
    flaws: flaws.map(({ error }) => error),
    notices: [...notices, ...flaws.map(({ error }) => error), ...ofUnknown, ...ignored],
  };
}

/** The project that is worked in: what it holds belongs to it, so that whoever trusts it trusts all of its files. */
async function projectIn(files: readonly LocatedFile[], trusted: readonly string[] = [], { trustProject }: ConfigurationParts): Promise<ConfiguredProject | undefined> {
  const base = files.find(({ layer }) => layer === 'project');
  if (base === undefined) return undefined;
  const folder = dirname(base.file);
  return { folder, isTrusted: isTrustedProject(folder, trusted) || await isTrustedByHost(folder, trustProject) };
}

/** Of a project that is not trusted, what no project may say is no matter of trust. */
function ignoredNotices(settings: readonly string[], { file = '' }: ConfigLayer, project: ConfiguredProject | undefined): readonly StructumError[] {
  return (['untrusted', 'user'] as const).flatMap((reason) => {
    const ignored = settings.filter((setting) => OF_USER.has(setting) === (reason === 'user'));
    return ignored.length === 0 ? [] : [catalogued('CONFIG_IGNORED', { file, settings: ignored, project: project?.folder ?? '', reason })];
  });
}

/** What only a user may say. */
const OF_USER: ReadonlySet<string> = new Set(['plugin_policy.trusted_projects', 'secrets.allow_exec', 'security.sandbox_mode', 'security.audit']);

/** Another project, nearer or farther, has other settings. */
function isInPlaceOf({ name, file }: ConfigLayer, located: LocatedFile): boolean {
  return name === located.layer && file !== undefined && dirname(file) === dirname(located.file);
}

/** Something because of which a layer cannot be used as it is. */
interface Flaw {
  readonly name: LayerName;
  readonly error: StructumError;
}

/** What is wrong in the core's own sections, with the shape of those of plugins, and with the names of sections. */
async function judged({ layers, unknownKeys }: Configuration): Promise<{ readonly flaws: readonly Flaw[]; readonly notices: readonly StructumError[] }> {
  const flaws: Flaw[] = [];
  let notices: readonly StructumError[] = [];
  for (const layer of layers) {
    const unknown = unknownSections(layer);
    const problems = [...coreProblems(layer), ...pluginSectionProblems(layer), ...(unknownKeys === 'strict' ? unknown.first : [])];
    if (problems.length > 0) flaws.push({ name: layer.name, error: await layerFlaw(layer, problems) });
    if (unknownKeys !== 'strict') notices = [...notices, ...unknownSettings(unknown, () => layer.file)];
  }
  return { flaws, notices };
}
