import type { HealthReport } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { unlessAborted } from '../../platform/index.js';
import { goingDown } from '../blame.js';
import type { Redactor } from '../../monitoring/index.js';
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
  readonly redactor: Redactor;
  /** In milliseconds. */
  readonly limits: { readonly health: number };
  /** Whether a plugin, if it is up, has the settings that the configuration says by now. */
  isConfigured(unit: PluginUnit): boolean;
}

/** New units that come up beside those whose place they are to take: a plugin's, and copies of the plugins that use it. */
export class Replacement {
  readonly #host: ReplacementHost;
  readonly #old: PluginUnit;
  readonly #fresh: PluginUnit;
  readonly #signal: AbortSignal;
  /** The new unit of each plugin, each after what it uses. */
  readonly #successors = new Map<PluginUnit, PluginUnit>();
  /** Copies of plugins that have left, or went down, meanwhile. */
  readonly #strays: PluginUnit[] = [];

  /** @param signal - Ends the wait for whatever takes long. */
  constructor(host: ReplacementHost, old: PluginUnit, fresh: PluginUnit, signal: AbortSignal) {
    this.#host = host;
    this.#old = old;
    this.#fresh = fresh;
    this.#signal = signal;
    this.#successors.set(old, fresh);
  }

  /** Whether the old unit went down meanwhile, or something else is in its place: the new one cannot take that. */
  get isOvertaken(): boolean {
    return this.#isGone(this.#old);
  }

  /** Whether the new unit has to come up too. What is not used yet, and unfit, may be so again: whoever wants to use it is told why. */
  get isUp(): boolean {
    return this.#old.state === 'active' || this.#old.state === 'failed';
  }

  /** Whether the new units came up with the settings that are in force by now. */
  get isConfigured(): boolean {
    return [...this.#successors.values()].every((unit) => this.#host.isConfigured(unit));
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
    await this.#takeUp(this.#old, this.#fresh);
    // Others may come up meanwhile, with the old one.
    for (let users = await this.#users(); users.length > 0; users = await this.#users()) {
      for (const user of users) await this.#takeUpCopy(user);
    }
  }

  /**
   * Puts the new units in the place of the old ones, at once.
   *
   * @throws why the registry does not take it, `DISPOSED` where it is overtaken; then nothing happened.
   */
  switch(): void {
    if (this.isOvertaken) throw goingDown(this.#fresh);
    const { registry } = this.#host;
    for (const [old, fresh] of this.#successors) {
      if (this.#isGone(old)) this.#strays.push(fresh);
      else registry.replace(old, fresh);
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
    await Promise.all([...this.#successors.values()].map(async (fresh) => {
      await this.#host.lifecycle.deactivate(fresh);
      fresh.withdrawn();
    }));
  }

  #isGone(old: PluginUnit): boolean {
    const { registry, lifecycle } = this.#host;
    return registry.unit(old.name) !== old || lifecycle.isGone(old);
  }

  async #takeUp(old: PluginUnit, fresh: PluginUnit): Promise<void> {
    // One that uses the new unit may be down already: then that is not to blame. Asked first, for instances may share state.
    const mayBeDown = fresh !== this.#fresh && (await this.#healthOf(old)).status === 'DOWN';
    fresh.comeBeside(old);
    await unlessAborted(this.#signal, this.#host.lifecycle.activate(fresh));
    const { status, reason } = await this.#healthOf(fresh);
    if (status !== 'DOWN' || mayBeDown) return;
    const used = fresh === this.#fresh ? {} : { used: this.#fresh.name };
    throw catalogued('RELOAD_UNHEALTHY', { plugin: fresh.name, ...used, ...(reason === undefined ? {} : { reason }) });
  }

  #healthOf(unit: PluginUnit): Promise<HealthReport> {
    return unlessAborted(this.#signal, checkHealth(unit, { limit: this.#host.limits.health, redactor: this.#host.redactor }));
  }

  /** Those that are up, directly or through others with one of the old units, and have no copy yet; each after what it uses. */
  async #users(): Promise<readonly PluginUnit[]> {
    const { registry, lifecycle } = this.#host;
    for (;;) {
      const users = [...registry.units].filter((unit) => !this.#successors.has(unit) && [...this.#successors.keys()].some((used) => uses(unit, used)));
      const comingUp = users.flatMap((unit) => lifecycle.comingUp(unit) ?? []);
      if (comingUp.length === 0) return users.filter((unit) => unit.state === 'active' && !lifecycle.isGone(unit));
      await unlessAborted(this.#signal, Promise.all(comingUp));
    }
  }

  async #takeUpCopy(old: PluginUnit): Promise<void> {
    const copy = old.renewed();
    this.#successors.set(old, copy);
    try {
      await this.#judge(copy);
      await this.#takeUp(old, copy);
    } catch (error) {
      // It was taken down or out, and so need not come up.
      if (this.#signal.aborted || !this.#isGone(old)) throw error;
    }
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
