import { catalogued } from '../../errors/index.js';
import { withUsed } from '../../plugins/elsewhere.js';
import { locationOf } from '../../plugins/location.js';
import { settingsData, type SourcedSection } from '../../plugins/plugin-settings.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import type { GuestPlugin } from './protocol.js';

type Section = Readonly<Record<string, unknown>>;

/**
 * A plugin and all that it uses, as a guest gets to know them. What others keep secret in their settings is not for it:
 * it runs in the plugin's name.
 *
 * @param settingsOf - What the configuration says for a plugin.
 * @throws `PLUGIN_NOT_IMPORTABLE` for one that is only there as a class.
 */
export function guestPlugins(unit: PluginUnit, settingsOf: (unit: PluginUnit) => SourcedSection): readonly GuestPlugin[] {
  const units = [...withUsed(unit)].filter(({ state, reason }) => reason === undefined && state !== 'stopped');
  return units.map((each) => guestPlugin(each, each === unit ? settingsData(unit.config) : withoutSecrets(each, settingsOf(each))));
}

function guestPlugin(unit: PluginUnit, settings: Section): GuestPlugin {
  const { manifest, manifestFile, source, tier, generation } = unit;
  const file = locationOf(unit);
  if (file === undefined) throw catalogued('PLUGIN_NOT_IMPORTABLE', { plugin: unit.name });
  return { manifest, file, source, tier, generation, settings, ...(manifestFile === undefined ? {} : { manifestFile }) };
}

function withoutSecrets({ manifest: { settings: schema } }: PluginUnit, { settings, unresolved = {} }: SourcedSection): Section {
  if (schema === undefined) return Object.fromEntries(Object.entries(settings).filter(([key]) => !Object.hasOwn(unresolved, key)));
  const secret = Object.entries(schema.properties).filter(([key, property]) => property['x-structum'].secret === true || Object.hasOwn(unresolved, key));
  const properties = new Set(secret.map(([, property]) => property['x-structum'].property));
  return Object.fromEntries(Object.entries(settings).filter(([property]) => !properties.has(property)));
}
