import { catalogued } from '../../errors/index.js';
import { checkHealth } from '../health-checks.js';
import type { Lifecycle } from '../lifecycle.js';
import { overlay } from '../plugin-lookup.js';
import type { PluginRegistry } from '../plugin-registry.js';
import type { PluginUnit } from '../plugin-unit.js';
import { Resolver } from '../resolver/index.js';

/** What replacing plugins needs from its host. */
export interface ReplacementHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  /** In milliseconds. */
  readonly limits: { readonly health: number };
}

/** New units that come up beside those whose place they are to take: a plugin's, and copies of the plugins that use it. */
export class Replacement {
  readonly #host: ReplacementHost;
  readonly #old: PluginUnit;
  readonly #fresh: PluginUnit;
  /** The new unit of each plugin, each after what it uses. */
  readonly #successors = new Map<PluginUnit, PluginUnit>();

  /** Copies of plugins that have left meanwhile. */
  readonly #strays: PluginUnit[] = [];

  constructor(host: ReplacementHost, old: PluginUnit, fresh: PluginUnit) {
    this.#host = host;
    this.#old = old;
    this.#fresh = fresh;
    this.#successors.set(old, fresh);
  }

  /** @throws why the new unit does not fit to the plugins that are there. */
  async judge(): Promise<void> {
    const clash = this.#host.registry.clashOf(this.#fresh, this.#old);
    if (clash !== undefined) throw clash;
    await this.#judge(this.#fresh);
    const conflict = this.#resolver().conflictWith(this.#fresh);
    if (conflict !== undefined) throw conflict;
  }

  /**
   * Takes the new unit up, has it checked, and brings those that use the old one along.
   *
   * @throws why one of them cannot come up, `RELOAD_UNHEALTHY`.
   */
  async activate(): Promise<void> {
    await this.#host.lifecycle.activate(this.#fresh);
    await this.#checkHealth();
    // Others may come up meanwhile, with the old one.
    for (let users = await this.#users(); users.length > 0; users = await this.#users()) {
      for (const user of users) await this.#activateCopy(user);
    }
  }

  /**
   * Puts the new units in the place of the old ones, at once.
   *
   * @throws why the registry does not take it; then nothing happened.
   */
  switch(): void {
    const { registry } = this.#host;
    if (registry.unit(this.#old.name) !== this.#old) throw catalogued('PLUGIN_UNKNOWN', { plugin: this.#old.name });
    for (const [old, fresh] of this.#successors) {
      if (registry.unit(old.name) === old) {
        registry.replace(old, fresh);
        fresh.takePlaceOf(old);
      } else this.#strays.push(fresh);
    }
    registry.reconsider();
  }

  /** Takes the old units down, each after those that use it, when its commands have ended by themselves. */
  async retire(): Promise<void> {
    const { lifecycle } = this.#host;
    const departures = new Map<PluginUnit, Promise<void>>();
    for (const old of [...this.#successors.keys()].reverse()) {
      const users = [...departures].filter(([user]) => uses(user, old)).map(([, departure]) => departure);
      departures.set(old, Promise.all(users).then(() => lifecycle.deactivate(old, { patience: Infinity })));
    }
    await Promise.all([...departures.values(), ...this.#strays.map((stray) => lifecycle.deactivate(stray))]);
  }

  /** Takes the new units down again. */
  async withdraw(): Promise<void> {
    for (const fresh of [...this.#successors.values()].reverse()) await this.#host.lifecycle.deactivate(fresh);
  }

  async #checkHealth(): Promise<void> {
    const { status, reason } = await checkHealth(this.#fresh, this.#host.limits.health);
    if (status !== 'DOWN') return;
    throw catalogued('RELOAD_UNHEALTHY', { plugin: this.#fresh.name, ...(reason === undefined ? {} : { reason }) });
  }

  /** Those that are up, directly or through others with one of the old units, and have no copy yet; each after what it uses. */
  async #users(): Promise<readonly PluginUnit[]> {
    const { registry, lifecycle } = this.#host;
    for (;;) {
      const users = [...registry.units].filter((unit) => !this.#successors.has(unit) && [...this.#successors.keys()].some((used) => uses(unit, used)));
      const comingUp = users.flatMap((unit) => lifecycle.comingUp(unit) ?? []);
      if (comingUp.length === 0) return users.filter(({ state }) => state === 'active');
      await Promise.all(comingUp);
    }
  }

  async #activateCopy(old: PluginUnit): Promise<void> {
    const copy = old.renewed();
    this.#successors.set(old, copy);
    await this.#judge(copy);
    await this.#host.lifecycle.activate(copy);
  }

  async #judge(unit: PluginUnit): Promise<void> {
    const reason = this.#resolver().resolve(unit);
    if (reason !== undefined) throw reason;
  }

  /** Sees the plugins as they will be. */
  #resolver(): Resolver {
    return new Resolver(overlay(this.#host.registry.lookup, [...this.#successors.values()]));
  }
}

function uses({ requirements, options }: PluginUnit, used: PluginUnit): boolean {
  return requirements.includes(used) || options.includes(used);
}
