import { goingDown } from './blame.js';
import type { Departures } from './departures.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';

/** What finding successors needs from the life of plugins. */
export interface SuccessionHost {
  readonly registry: PluginRegistry;
  readonly departures: Departures;
  /** Aborted when all plugins are taken down: nothing takes the place of any of them. */
  readonly closing: AbortSignal;
  /** Whether a unit is up, or on its way. */
  isUp(unit: PluginUnit): boolean;
}

/** Which unit is used for a plugin: another takes the place of each that went down, or is to be tried again. */
export class Succession {
  readonly #host: SuccessionHost;

  constructor(host: SuccessionHost) {
    this.#host = host;
  }

  /** Whether another unit is to be used in the place of `unit`: see {@link current}. */
  isGone(unit: PluginUnit): boolean {
    return this.#host.departures.has(unit) || this.#isOver(unit);
  }

  /**
   * The unit to use for a plugin: `unit` itself, or what takes its place when it has gone down.
   *
   * @throws `DISPOSED` when nothing does: the plugin, or the host, is gone.
   */
  async current(unit: PluginUnit): Promise<PluginUnit> {
    const { registry, departures } = this.#host;
    await departures.done(unit);
    if (!this.#isOver(unit)) return unit;
    const listed = registry.unit(unit.name);
    if (listed === undefined || this.#host.closing.aborted) throw goingDown(unit);
    if (listed !== unit) return this.current(listed);
    return this.#replaced(unit);
  }

  /**
   * The unit with which to try again: a fresh one in the place of one that failed, and in the place of those that it
   * requires and that failed. Commands that could not be imported are imported again.
   */
  retried(unit: PluginUnit, isRetried = new Set<string>()): PluginUnit {
    unit.commandTypes.clear();
    isRetried.add(unit.name);
    if (this.#host.isUp(unit)) return unit;
    // By name: what was rejected because of them is bound to nothing.
    for (const requirement of this.#requiredBy(unit)) if (!isRetried.has(requirement.name)) this.retried(requirement, isRetried);
    return unit.state === 'failed' && this.#host.registry.unit(unit.name) === unit ? this.#replaced(unit) : unit;
  }

  /** Puts a fresh unit in the place of one that is down, unless something else is there already, or nothing comes up any more. */
  renew(unit: PluginUnit): void {
    if (!this.#host.closing.aborted && this.#host.registry.unit(unit.name) === unit) this.#replaced(unit);
  }

  /** Whether `unit` has gone down, or will never come up. */
  #isOver(unit: PluginUnit): boolean {
    return unit.isClosing && unit.state !== 'failed' && !this.#host.isUp(unit);
  }

  #requiredBy({ manifest: { requires, requiresServices = [] } }: PluginUnit): readonly PluginUnit[] {
    const { registry } = this.#host;
    return [...Object.keys(requires).map((name) => registry.unit(name)), ...requiresServices.map((id) => registry.providerUnit(id))].filter((unit) => unit !== undefined);
  }

  #replaced(unit: PluginUnit): PluginUnit {
    const fresh = unit.renewed();
    this.#host.registry.replace(unit, fresh);
    return fresh;
  }
}
