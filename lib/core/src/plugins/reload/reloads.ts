import type { Logger } from '../../contract/index.js';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { uptime } from '../../platform/index.js';
import { retainedModules } from '../../platform/module-versions/index.js';
import type { HostEvents } from '../host-events.js';
import type { Injector } from '../injector.js';
import type { PluginUnit } from '../plugin-unit.js';
import { isRefusal } from '../reason.js';
import { sectionFor } from '../settings.js';
import { freshUnit, type FreshUnit } from './fresh-unit.js';
import { Replacement, type ReplacementHost } from './replacement.js';

/** What reloading needs from its host. */
export interface ReloadsHost extends ReplacementHost {
  readonly events: HostEvents;
  readonly injector: Injector;
  readonly logger: Logger;
  readonly limits: { readonly load: number; readonly health: number };
  /** Bytes of source code that replaced versions may leave behind in this process. */
  readonly retainedLimit: number;
  warn(error: StructumError): void;
}

/** How a plugin is reloaded. */
export interface ReloadOptions {
  /** Settings for the new version, in the place of those that the plugin has. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What took the place of a plugin. */
export interface Reloaded {
  readonly plugin: string;
  readonly version: string;
  /** Which version of its code it is: 1, and one more for each reload. */
  readonly generation: number;
  /** Milliseconds until it was in place. */
  readonly duration: number;
}

interface Request {
  options: ReloadOptions;
  readonly done: Promise<Reloaded>;
}

/** Reloads the plugins of a host, one after the other. */
export class Reloads {
  readonly #host: ReloadsHost;
  /** Those that wait for their turn, by plugin. */
  readonly #waiting = new Map<string, Request>();
  /** What the code of units was loaded from. */
  readonly #digests = new WeakMap<PluginUnit, string>();
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  /** Of the bytes that are left behind, how many were told of. */
  #told = 0;

  constructor(host: ReloadsHost) {
    this.#host = host;
  }

  /** Reloads a plugin. While it waits for others, whoever asks for the same is served with it, with the settings given last. */
  reload(name: string, options: ReloadOptions): Promise<Reloaded> {
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) {
      waiting.options = { ...waiting.options, ...options };
      return waiting.done;
    }
    const done = this.#last.then(() => {
      const asked = this.#waiting.get(name)?.options ?? options;
      this.#waiting.delete(name);
      return this.#reload(name, asked);
    });
    this.#waiting.set(name, { options, done });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** From now on nothing is reloaded; resolves when what is under way has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
  }

  async #reload(name: string, options: ReloadOptions): Promise<Reloaded> {
    const start = uptime();
    this.#refuseWhenClosed();
    const old = await this.#settled(name);
    // None of its code may run, however new.
    if (old.reason !== undefined && isRefusal(old.reason)) throw old.reason;
    let fresh: FreshUnit;
    try {
      fresh = await this.#load(old, options);
      await this.#replace(old, fresh);
    } catch (error) {
      throw this.#failed(old, error);
    }
    const reloaded = { plugin: name, version: fresh.unit.manifest.version, generation: fresh.unit.generation, duration: uptime() - start };
    this.#host.events.emit('plugin:reloaded', reloaded);
    this.#warnOfRetained();
    return reloaded;
  }

  /** The plugin as it is when it is neither on its way up nor down. */
  async #settled(name: string): Promise<PluginUnit> {
    const { registry, lifecycle } = this.#host;
    for (;;) {
      const unit = registry.unit(name);
      if (unit === undefined) throw catalogued('PLUGIN_UNKNOWN', { plugin: name });
      if (lifecycle.isGone(unit)) await lifecycle.current(unit);
      else if (lifecycle.comingUp(unit) === undefined) return unit;
      else await lifecycle.comingUp(unit);
    }
  }

  async #load(old: PluginUnit, { settings = old.settings }: ReloadOptions): Promise<FreshUnit> {
    const { limits, injector } = this.#host;
    const given = settings === undefined ? undefined : sectionFor(old.name, settings);
    const fresh = await freshUnit(old, { settings: given, digest: this.#digests.get(old), limit: limits.load, beforeImport: () => { this.#refuseBeyondLimit(old); } });
    try {
      const { unit, commands, warning } = fresh;
      if (warning !== undefined) this.#host.warn(warning);
      this.#digests.set(unit, fresh.digest);
      if ('type' in unit.code && commands.length > 0) injector.check(unit, unit.code.type, commands);
    } catch (error) {
      fresh.version?.abandon();
      throw error;
    }
    return fresh;
  }

  async #replace(old: PluginUnit, { unit, version }: FreshUnit): Promise<void> {
    const replacement = new Replacement(this.#host, old, unit);
    try {
      const isUsed = old.state === 'active' || old.state === 'failed';
      // What was unfit before may be so again: whoever wants to use it is told why.
      if (isUsed) await replacement.judge();
      this.#refuseWhenClosed();
      if (isUsed) await replacement.activate();
      this.#refuseWhenClosed();
      replacement.switch();
    } catch (error) {
      await replacement.withdraw();
      version?.abandon();
      throw error;
    }
    version?.settle();
    replacement.retire().catch((error: unknown) => {
      this.#host.logger.error(`The replaced version of plugin "${old.name}" could not be taken down: ${messageOf(error)}`, { plugin: old.name, error });
    });
  }

  #failed({ name }: PluginUnit, cause: unknown): StructumError {
    if (StructumError.is(cause) && cause.code === 'DISPOSED' && this.#isClosed) return cause;
    const error = catalogued('RELOAD_FAILED', { plugin: name, reason: messageOf(cause) }, cause);
    this.#host.events.emit('plugin:reload-failed', { plugin: name, error });
    return error;
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw catalogued('DISPOSED', { subject: 'This Structum' });
  }

  #refuseBeyondLimit({ name }: PluginUnit): void {
    const { modules, bytes } = retainedModules();
    const limit = this.#host.retainedLimit;
    if (bytes > limit) throw catalogued('RELOAD_LIMIT', { plugin: name, modules, bytes, limit });
  }

  /** At each sixteenth of the limit, then at each doubling. */
  #warnOfRetained(): void {
    const { modules, bytes } = retainedModules();
    const limit = this.#host.retainedLimit;
    if (bytes < Math.max(limit / 16, 2 * this.#told)) return;
    this.#told = bytes;
    this.#host.warn(catalogued('RELOAD_RETAINED', { modules, bytes, limit }));
  }
}
