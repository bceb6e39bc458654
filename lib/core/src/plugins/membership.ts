import { catalogued, type StructumError } from '../errors/index.js';
import type { ActivationEvents } from './activation-events.js';
import { admit, type PluginInput } from './admission.js';
import type { HostEvents } from './host-events.js';
import type { Injector } from './injector.js';
import type { Lifecycle } from './lifecycle.js';
import { locationOf } from './location.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';
import { isDecided } from './reason.js';

/** What membership needs from its host. */
export interface MembershipHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  readonly injector: Injector;
  readonly activation: ActivationEvents;
  readonly events: HostEvents;
  /** Where plugins named by string are found from. */
  readonly locations: readonly string[];
  /** Milliseconds that importing a plugin may take. */
  readonly loadLimit: number;
  warn(error: StructumError): void;
  /** Whether a plugin may not run in this thread, whatever it uses. */
  isElsewhereOnly(unit: PluginUnit): boolean;
  /** @throws `DISPOSED` */
  refuseWhenDisposed(): void;
}

/** Adds the plugins that a host itself gives, and takes plugins out. */
export class Membership {
  readonly #host: MembershipHost;

  constructor(host: MembershipHost) {
    this.#host = host;
  }

  /** Adds all of them, or none and throws the first error. */
  async add(inputs: readonly PluginInput[]): Promise<void> {
    const { registry, lifecycle, injector, activation, events, locations, loadLimit: limit } = this.#host;
    const admitted = await Promise.all(inputs.map((input) => admit(input, { locations, limit })));
    this.#host.refuseWhenDisposed();
    const added: PluginUnit[] = [];
    try {
      for (const { unit } of admitted) {
        registry.add(unit);
        added.push(unit);
      }
      registry.reconsider();
      for (const { unit, type, commands } of admitted) {
        const reason = registry.resolve(unit) ?? registry.conflictWith(unit);
        if (reason !== undefined && !isDecided(reason)) throw reason;
        if (reason === undefined && type !== undefined) injector.check(unit, type, commands);
        if (reason === undefined && this.#host.isElsewhereOnly(unit) && locationOf(unit) === undefined) throw catalogued('PLUGIN_NOT_IMPORTABLE', { plugin: unit.name });
      }
    } catch (error) {
      for (const unit of added) registry.remove(unit);
      registry.reconsider();
      // Somebody may have run a command of one while the others were judged.
      await Promise.all(added.map((unit) => lifecycle.deactivate(unit)));
      for (const unit of added) unit.left();
      throw error;
    }
    for (const { unit, warning } of admitted) {
      if (warning !== undefined) this.#host.warn(warning);
      events.emit('plugin:registered', { plugin: unit.name });
    }
    await activation.came(added);
  }

  /**
   * Takes a plugin out, those that require it first.
   * @throws `PLUGIN_IN_USE` where those are not to go along.
   */
  async remove(name: string, takesDependents: boolean): Promise<void> {
    const path = [name];
    const leaving = new Set(path);
    // Others may come, and units be replaced, while one of them goes down. Without recursion: chains may be long.
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const dependents = this.#host.registry.requiredBy(last).filter((dependent) => !leaving.has(dependent.name));
      const [next] = dependents;
      if (next === undefined) {
        path.pop();
        await this.#takeOut(last);
      } else if (takesDependents) {
        path.push(next.name);
        leaving.add(next.name);
      } else throw catalogued('PLUGIN_IN_USE', { plugin: last, dependents: dependents.map((dependent) => `"${dependent.name}"`) });
    }
  }

  async #takeOut(name: string): Promise<void> {
    const { registry, lifecycle, events } = this.#host;
    const unit = registry.unit(name);
    if (unit === undefined) return; // Somebody else took it out meanwhile.
    registry.remove(unit);
    registry.reconsider();
    await lifecycle.deactivateVersions(unit);
    unit.left();
    events.emit('plugin:unregistered', { plugin: name });
  }
}
