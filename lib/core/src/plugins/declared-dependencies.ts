import type { Dependency, Dependent } from '../contract/index.js';
import type { Holders } from './holders.js';
import type { Judge } from './judge.js';
import { byName, compareText } from './order.js';
import type { PluginUnit } from './plugin-unit.js';
import type { UnitStore } from './unit-store.js';

/** What telling who depends on whom needs from a registry. */
export interface DependenciesHost {
  readonly store: UnitStore;
  readonly holders: Holders;
  readonly judge: Judge;
  /** The plugin that counts of that name. */
  unit(name: string): PluginUnit | undefined;
  /** The plugin that provides a service. */
  providerUnit(serviceId: string): PluginUnit | undefined;
}

/** Who depends on whom, as manifests say: by the names of plugins, and by the services that they provide. */
export class DeclaredDependencies {
  readonly #host: DependenciesHost;

  constructor(host: DependenciesHost) {
    this.#host = host;
  }

  /** What a plugin depends on, and what of that is there. */
  of({ manifest: { requires, optional, requiresServices = [] } }: PluginUnit): readonly Dependency[] {
    const named = (ranges: Readonly<Record<string, string>>, isOptional: boolean): Dependency[] =>
      Object.entries(ranges).sort(byKey).map(([plugin, range]) => ({ plugin, range, optional: isOptional, ...this.#found(plugin) }));
    return [
      ...named(requires, false),
      ...named(optional, true),
      ...[...requiresServices].sort().map((service) => {
        const provider = this.#host.providerUnit(service)?.name;
        return { service, range: '*', optional: false, ...(provider === undefined ? {} : { plugin: provider, ...this.#found(provider) }) };
      }),
    ];
  }

  #found(name: string): { readonly found?: string } {
    const found = this.#host.unit(name)?.manifest.version;
    return found === undefined ? {} : { found };
  }

  /** What depends on the plugin of that name, by name. */
  dependents(name: string): readonly Dependent[] {
    const dependents = [...this.#host.store.find('dependent', name)].flatMap(({ name: plugin, manifest: { requires, optional } }): Dependent[] => [
      ...(Object.hasOwn(requires, name) ? [{ plugin, range: requires[name] ?? '*', optional: false }] : []),
      ...(Object.hasOwn(optional, name) ? [{ plugin, range: optional[name] ?? '*', optional: true }] : []),
    ]);
    const consumers = this.#servicesOf(name).flatMap((service) =>
      [...this.#host.store.find('consumer', service)].map(({ name: plugin }): Dependent => ({ plugin, range: '*', service, optional: false })));
    return [...dependents, ...consumers].sort((one, other) => compareText(one.plugin, other.plugin));
  }

  /** The plugins that cannot be without the one of that name, as far as they may be used, by name. */
  requiredBy(name: string): readonly PluginUnit[] {
    const { store, judge } = this.#host;
    const dependents = [...store.find('dependent', name)].filter(({ manifest }) => Object.hasOwn(manifest.requires, name));
    const consumers = this.#servicesOf(name).flatMap((service) => [...store.find('consumer', service)]);
    return [...new Set([...dependents, ...consumers])].filter((unit) => unit.name !== name && judge.isAdmitted(unit)).sort(byName);
  }

  #servicesOf(name: string): readonly string[] {
    const unit = this.#host.store.unit(name);
    return unit === undefined ? [] : this.#host.holders.servicesOf(unit);
  }
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return compareText(one, other);
}
