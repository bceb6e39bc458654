import { strictestExecutor, type ConfigOrigin, type PluginPolicy } from '../contract/index.js';
import { formatKeyPath } from './key-path.js';
import { isOfProject, type ConfigLayer } from './layers/config-layer.js';
import { isNoLooser, POLICY_SECTION } from './plugin-policy.js';
import type { LayerPolicy } from './policy-of-layer.js';

/** What is decided about plugins. */
export interface PolicyInForce {
  readonly policy: PluginPolicy;
  /** Who says whether a plugin is enabled, for each in `policy.enabled`. */
  readonly deciding: ReadonlyMap<string, ConfigOrigin>;
  /** Plugins that a project disables which is not trusted: see {@link disabledBy}. */
  readonly disabledByProject: ReadonlyMap<string, ConfigOrigin>;
}

/** Where nothing is decided. */
export const NO_POLICY: PolicyInForce = { policy: {}, deciding: new Map(), disabledByProject: new Map() };

/** Categories of plugins that somebody else's project cannot do without: what protects from it may be among them. */
const PROTECTED: ReadonlySet<string> = new Set(['core', 'security']);

/** Who disables a plugin of that name and category; `undefined` where nobody does. */
export function disabledBy({ policy, deciding, disabledByProject }: PolicyInForce, plugin: string, category: string): ConfigOrigin | undefined {
  if (policy.enabled !== undefined && Object.hasOwn(policy.enabled, plugin) && policy.enabled[plugin] === false) return deciding.get(plugin);
  return PROTECTED.has(category) ? undefined : disabledByProject.get(plugin);
}

/** One policy of those of all layers, the weakest first; of a project that is not trusted, only what makes it stricter. */
export function mergePolicies(layers: readonly LayerPolicy[], isProjectTrusted: boolean): PolicyInForce {
  const heeded = layers.filter(({ layer }) => isProjectTrusted || !isOfProject(layer.name));
  const ofUser = layers.filter(({ layer }) => !isOfProject(layer.name));
  const unheeded = layers.filter((each) => !heeded.includes(each));
  const policies = heeded.map(({ policy }) => policy);
  const policy: PluginPolicy = {
    ...present('enabled', merged(policies.map(({ enabled }) => enabled))),
    ...present('folders', union([...policies].reverse().map(({ folders }) => folders))),
    ...present('aliases', merged(policies.map(({ aliases }) => aliases))),
    ...present('renames', mergedRenames(policies.map(({ renames }) => renames))),
    // Never the project's: it would trust itself.
    ...present('trusted_projects', union([...ofUser].reverse().map((each) => each.policy.trusted_projects))),
    ...present('executor', raised(merged(policies.map(({ executor }) => executor)), unheeded.map((each) => each.policy.executor))),
  };
  return {
    policy,
    deciding: new Map(heeded.flatMap((each) => saidBy(each))),
    disabledByProject: new Map(unheeded.flatMap((each) => saidBy(each, false))),
  };
}

/** Who says of each plugin whether it is enabled; with `wanted`, only where that is what is said. */
function saidBy({ layer, policy: { enabled = {} } }: LayerPolicy, wanted?: boolean): readonly (readonly [string, ConfigOrigin])[] {
  const said = Object.entries(enabled).filter(([, isEnabled]) => wanted === undefined || isEnabled === wanted);
  return said.map(([plugin]) => [plugin, originOf(layer, plugin)]);
}

function originOf(layer: ConfigLayer, plugin: string): ConfigOrigin {
  const { name, file } = layer;
  const source = layer.sourceOf?.([POLICY_SECTION, 'enabled', plugin]);
  return { layer: name, ...(file === undefined ? {} : { file }), ...(source === undefined ? {} : { source }) };
}

/**
 * The settings of a project's policy that count for nothing; where it is trusted, only `trusted_projects`. That it enables
 * what its user does not disable makes no difference.
 */
export function ignoredSettings(project: PluginPolicy, isProjectTrusted: boolean, user: PluginPolicy = {}): readonly string[] {
  const trusting = project.trusted_projects === undefined ? [] : ['plugin_policy.trusted_projects'];
  if (isProjectTrusted) return trusting;
  const enabling = Object.entries(project.enabled ?? {}).flatMap(([plugin, enabled]) => (enabled && user.enabled?.[plugin] === false ? [formatKeyPath([POLICY_SECTION, 'enabled', plugin])] : []));
  const others = (['folders', 'aliases', 'renames'] as const).filter((name) => project[name] !== undefined).map((name) => `plugin_policy.${name}`);
  const loosening = Object.entries(project.executor ?? {}).filter(([plugin, kind]) => !isNoLooser(kind, user.executor?.[plugin])).map(([plugin]) => formatKeyPath([POLICY_SECTION, 'executor', plugin]));
  return [...enabling, ...others, ...trusting, ...loosening];
}

function present<Name extends keyof PluginPolicy>(name: Name, value: PluginPolicy[Name]): Pick<PluginPolicy, Name> | undefined {
  return value === undefined ? undefined : ({ [name]: value } as Pick<PluginPolicy, Name>);
}

function merged<Value>(layers: readonly (Readonly<Record<string, Value>> | undefined)[]): Readonly<Record<string, Value>> | undefined {
  const there = layers.filter((layer) => layer !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there.flatMap((layer) => Object.entries(layer)));
}

/** Executors, as strict as others want them who may not loosen any. */
function raised(executors: PluginPolicy['executor'], others: readonly PluginPolicy['executor'][]): PluginPolicy['executor'] {
  const asked = others.flatMap((layer) => Object.entries(layer ?? {}));
  if (asked.length === 0) return executors;
  const strictest = new Map(Object.entries(executors ?? {}));
  for (const [plugin, kind] of asked) strictest.set(plugin, strictestExecutor([strictest.get(plugin), kind]));
  return Object.fromEntries(strictest);
}

function mergedRenames(layers: readonly PluginPolicy['renames'][]): PluginPolicy['renames'] {
  const there = layers.filter((layer) => layer !== undefined);
  if (there.length === 0) return undefined;
  const plugins = new Set(there.flatMap((layer) => Object.keys(layer)));
  return Object.fromEntries([...plugins].map((plugin) => [plugin, merged(there.map((layer) => (Object.hasOwn(layer, plugin) ? layer[plugin] : undefined))) ?? {}]));
}

function union(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const there = lists.filter((list) => list !== undefined);
  return there.length === 0 ? undefined : [...new Set(there.flat())];
}
