import { isToken, nameOfToken, pluginOptionsOf, type Class, type PluginClass, type PluginOptions } from '../contract/index.js';
import { catalogued, kindOf } from '../errors/index.js';

/**
 * What `@Plugin` said of `type`, once what it lists can be what it should be.
 *
 * @throws `PLUGIN_NOT_DESCRIBED`, `REFERENCE_INVALID`, `PLUGIN_INVALID`.
 */
export function requirePluginOptions(type: PluginClass): PluginOptions {
  const options = pluginOptionsOf(type);
  if (options === undefined) throw catalogued('PLUGIN_NOT_DESCRIBED', { subject: nameOfClass(type) });
  const plugin = quoted(options.name, type);
  checkItems('commands', options.commands, plugin, (item) => typeof item === 'function');
  checkItems('provides', options.provides, plugin, isObject);
  checkItems('providers', options.providers, plugin, (item) => typeof item === 'function' || isObject(item));
  if (options.settings !== undefined && typeof options.settings !== 'function') throw catalogued('REFERENCE_INVALID', { subject: `The settings of plugin ${plugin}`, found: kindOf(options.settings) });
  const problems = (options.providers ?? []).flatMap((provider) => (typeof provider === 'function' ? [] : providerProblems(provider)));
  if (problems.length > 0) throw catalogued('PLUGIN_INVALID', { plugin, problems });
  return options;
}

/** A class as messages name it. */
export function nameOfClass(type: Class): string {
  return type.name === '' ? 'An unnamed class' : type.name;
}

/** What was described as `name`, or its class where that is no name. */
export function quoted(name: unknown, type: Class): string {
  return typeof name === 'string' ? `"${name}"` : nameOfClass(type);
}

function checkItems(member: string, items: unknown, plugin: string, isItem: (item: unknown) => boolean): void {
  if (items === undefined) return;
  if (!Array.isArray(items)) throw catalogued('PLUGIN_INVALID', { plugin, problems: [`its ${member} are no list`] });
  // Not findIndex(): it would not see the holes of a list.
  for (let index = 0; index < items.length; index++) {
    const item: unknown = items[index];
    if (!isItem(item)) throw catalogued('REFERENCE_INVALID', { subject: `Item ${String(index + 1)} of the ${member} of plugin ${plugin}`, found: kindOf(item) });
  }
}

function providerProblems(provider: Readonly<Record<string, unknown>>): readonly string[] {
  const { provide } = provider;
  if (!isToken(provide)) return ['one of its providers does not say what it provides'];
  const ways = ['useClass', 'useValue', 'useFactory'].filter((way) => way in provider);
  const name = nameOfToken(provide);
  if (ways.length !== 1) return [`its provider of ${name} has not one of useClass, useValue and useFactory`];
  const [way = ''] = ways;
  if (way !== 'useValue' && typeof provider[way] !== 'function') return [`the ${way} of its provider of ${name} is ${kindOf(provider[way])}`];
  return [];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
