import { checkSection } from '../config/secrets/check-section.js';
import { holdsReferences } from '../config/secrets/template.js';
import type { PluginClass } from '../contract/index.js';
import { isCatalogued, messageOf } from '../errors/index.js';
import type { ValueProblem } from '../manifest/check-value.js';
import type { Lifecycle } from './lifecycle.js';
import type { PluginRegistry } from './plugin-registry.js';
import { UNUSABLE } from './plugin-states.js';
import { ruledSettings } from './plugin-settings.js';
import type { PluginUnit } from './plugin-unit.js';

type Section = Readonly<Record<string, unknown>>;

/** What holding settings against rules needs from its host. */
export interface RulesHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
}

/**
 * What is wrong with a plugin's section by the rules that only the plugin's code has; its keys are those of
 * configurations. The plugin is imported for that, but not taken up, and only where its manifest says that there are such
 * rules and the plugin may be used. Settings that do not fit their schema, and references to secrets, are not judged.
 *
 * @throws the codes of loading plugins, `VALIDATOR_MISSING`.
 */
export async function brokenRules({ registry, lifecycle }: RulesHost, plugin: string, section: Section): Promise<readonly ValueProblem[]> {
  const unit = registry.unit(plugin);
  const schema = unit?.manifest.settings;
  if (unit === undefined || schema?.['x-structum'] === undefined) return [];
  if (unit.state === 'discovered') registry.resolve(unit);
  if (UNUSABLE.has(unit.state)) return [];
  return brokenIn(unit, section, () => lifecycle.typeOf(unit));
}

/**
 * The same of a plugin that may be used.
 *
 * @param typeOf - Imports its class; not called where it has no such rules.
 */
export async function brokenIn(unit: PluginUnit, section: Section, typeOf: () => Promise<PluginClass>): Promise<readonly ValueProblem[]> {
  const schema = unit.manifest.settings;
  if (schema?.['x-structum'] === undefined) return [];
  const { settings, problems } = checkSection(schema, section);
  const unjudged = new Set([...problems.map(keyOf), ...Object.keys(section).filter((key) => holdsReferences(section[key]))]);
  const properties = new Set([...unjudged].map((key) => schema.properties[key]?.['x-structum'].property));
  const judged = Object.fromEntries(Object.entries(settings).filter(([property]) => !properties.has(property)));
  const type = await typeOf();
  const broken = await rulesBroken(() => ruledSettings(unit, type, judged));
  return broken.filter((problem) => !unjudged.has(keyOf(problem)));
}

/** The code that judges is the plugin's own, and may throw anything. */
async function rulesBroken(judge: () => Promise<{ readonly problems: readonly ValueProblem[] }>): Promise<readonly ValueProblem[]> {
  try {
    return (await judge()).problems;
  } catch (error) {
    if (isCatalogued(error)) throw error;
    return [{ path: [], rule: 'plugin', message: `is refused by the plugin: ${messageOf(error)}` }];
  }
}

function keyOf({ path: [key = ''] }: ValueProblem): string {
  return String(key);
}
