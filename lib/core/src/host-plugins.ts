import type { HealthReport } from './contract/index.js';
import { catalogued, StructumError, type ErrorCode } from './errors/index.js';
import type { Host } from './host.js';
import type { PluginInput } from './plugins/admission.js';
import { checkHealth } from './plugins/health-checks.js';
import { isBroken } from './plugins/loader.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import type { Reloaded, ReloadOptions } from './plugins/reload/index.js';

/** The plugins of a host, by name: they come and go, and are taken up, down and anew. */
export class HostPlugins {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** @throws what its description, or its clash with others, is told of by. */
  async register(plugin: PluginInput): Promise<void> {
    this.#host.end.refuseWhenDisposed();
    await this.#host.membership.add([plugin]);
  }

  /** @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`. */
  async unregister(name: string, { dependents }: { readonly dependents?: boolean }): Promise<void> {
    this.#known(name);
    await this.#host.membership.remove(name, dependents === true);
  }

  /** @throws `PLUGIN_UNKNOWN`, and why it cannot be up. */
  async activate(name: string, { retry, guests }: { readonly retry?: boolean; readonly guests?: number }): Promise<void> {
    const { end, registry, lifecycle, secrets, isolation } = this.#host;
    end.refuseWhenDisposed();
    if (retry === true) await Promise.all([secrets.forget(), this.#loadAnew(name)]);
    const listed = registry.upToDate(this.#known(name)) ?? this.#known(name);
    const unit = lifecycle.isGone(listed) ? await lifecycle.current(listed) : listed;
    const wanted = retry === true ? lifecycle.retried(unit) : unit;
    await lifecycle.activate(wanted);
    if (guests !== undefined && wanted.placement !== 'inline') await (await isolation.get()).keepReady(wanted, guests);
  }

  /** @throws `PLUGIN_UNKNOWN`, `PLUGIN_IN_USE`. */
  async deactivate(name: string, { dependents: then }: { readonly dependents?: 'first' | 'refuse' }): Promise<void> {
    const { lifecycle } = this.#host;
    const unit = this.#known(name);
    const versions = unit.versions.filter((version) => lifecycle.isUp(version));
    if (versions.length === 0) return;
    const dependents = new Set(versions.flatMap((version) => lifecycle.dependentsOf(version)).map((dependent) => `"${dependent.name}"`));
    if (dependents.size > 0 && then !== 'first') {
      throw catalogued('PLUGIN_IN_USE', { plugin: name, dependents: [...dependents], how: 'deactivate' });
    }
    await lifecycle.deactivateVersions(unit);
  }

  /** @throws `PLUGIN_UNKNOWN` */
  async checkHealth(name: string): Promise<HealthReport> {
    const { limits, reports: { redactor } } = this.#host;
    return checkHealth(this.#known(name), { limit: limits.health, redactor });
  }

  /** @throws `PLUGIN_UNKNOWN`, `PLUGIN_DISABLED`, `PLUGIN_UNTRUSTED`, `DISPOSED`, `RELOAD_FAILED`. */
  async reload(name: string, options: ReloadOptions): Promise<Reloaded> {
    this.#host.end.refuseWhenDisposed();
    await this.#host.secrets.forget();
    return (await this.#host.reloads.get()).reload(name, options);
  }

  /** Where a part of a plugin's code could not be loaded: all of it, for Node never loads that part again. */
  async #loadAnew(name: string): Promise<void> {
    const { type } = this.#known(name);
    if (type === undefined || !isBroken(type)) return;
    try {
      await this.reload(name, {});
    } catch (error) {
      // Then what tells of its commands may do otherwise this time.
      if (!isCausedBy(error, 'RELOAD_IMPOSSIBLE')) throw error;
    }
  }

  #known(name: string): PluginUnit {
    const unit = this.#host.registry.unit(name);
    if (unit === undefined) throw catalogued('PLUGIN_UNKNOWN', { plugin: name });
    return unit;
  }
}

function isCausedBy(error: unknown, code: ErrorCode): boolean {
  return StructumError.is(error) && StructumError.is(error.cause) && error.cause.code === code;
}
