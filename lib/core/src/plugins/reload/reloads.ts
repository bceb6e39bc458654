import type { Logger, PluginClass } from '../../contract/index.js';
import { catalogued, messageOf, remedyIn, StructumError, type ErrorCode } from '../../errors/index.js';
import { unlessAborted, uptime } from '../../platform/index.js';
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

/** How a plugin is to be replaced: also by itself, where only its settings are others. */
interface RequestOptions extends ReloadOptions {
  readonly keepsCode?: boolean;
  /** Whether it is to be replaced though its settings say the same, for what they refer to does not. */
  readonly isStale?: boolean;
}

interface Request {
  options: RequestOptions;
  readonly done: Promise<Reloaded>;
}

/** Reloads the plugins of a host, one after the other. */
export class Reloads {
  readonly #host: ReloadsHost;
  /** Those that wait for their turn, by plugin. */
  readonly #waiting = new Map<string, Request>();
  /** What the code of plugins was loaded from. */
  readonly #digests = new WeakMap<PluginClass, string>();
  readonly #closing = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  /** Of the bytes that are left behind, how many were told of. */
  #told = 0;

  constructor(host: ReloadsHost) {
    this.#host = host;
  }

  /** Reloads a plugin. While it waits for others, whoever asks for the same is served with it, with the settings given last. */
  reload(name: string, options: ReloadOptions): Promise<Reloaded> {
    return this.#ask(name, options);
  }

  /** Replaces a plugin by itself, like {@link reload}: its code is the same, its settings are others. */
  renew(name: string, { isStale }: { readonly isStale: boolean }): Promise<Reloaded> {
    return this.#ask(name, { keepsCode: true, isStale });
  }

  #ask(name: string, options: RequestOptions): Promise<Reloaded> {
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) {
      const { keepsCode, isStale } = waiting.options;
      waiting.options = { ...waiting.options, ...options, keepsCode: keepsCode === true && options.keepsCode === true, isStale: isStale === true || options.isStale === true };
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

  /** From now on nothing is reloaded; what is under way is cut short. Resolves when nothing of that is left. */
  async close(): Promise<void> {
    this.#closing.abort(catalogued('DISPOSED', { subject: 'This Structum' }));
    await this.#last;
  }

  async #reload(name: string, options: RequestOptions): Promise<Reloaded> {
    const start = uptime();
    this.#closing.signal.throwIfAborted();
    const old = await this.#settled(name);
    // None of its code may run, however new.
    if (old.reason !== undefined && isRefusal(old.reason)) throw old.reason;
    // It has come up anew meanwhile, with one that it uses.
    if (options.keepsCode === true && options.isStale !== true && this.#host.isConfigured(old)) return reloadedAs(old, start);
    let unit: PluginUnit;
    try {
      unit = await this.#replace(name, options.keepsCode === true ? { unit: old.renewed(), version: undefined } : await this.#load(old, options));
    } catch (error) {
      throw this.#failed(old, error);
    }
    const reloaded = reloadedAs(unit, start);
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
      const change: Promise<unknown> | undefined = lifecycle.isGone(unit) ? lifecycle.current(unit) : lifecycle.comingUp(unit);
      if (change === undefined) return unit;
      await unlessAborted(this.#closing.signal, change);
    }
  }

  async #load(old: PluginUnit, { settings = old.settings }: ReloadOptions): Promise<FreshUnit> {
    const { limits, injector } = this.#host;
    const given = settings === undefined ? undefined : sectionFor(old.name, settings);
    const fresh = await freshUnit(old, {
      settings: given,
      digest: old.type === undefined ? undefined : this.#digests.get(old.type),
      limit: limits.load,
      beforeImport: () => { this.#refuseBeyondLimit(old); },
      signal: this.#closing.signal,
    });
    try {
      const { unit, commands, warning } = fresh;
      if (warning !== undefined) this.#host.warn(warning);
      if ('type' in unit.code) {
        this.#digests.set(unit.code.type, fresh.digest);
        if (commands.length > 0) injector.check(unit, unit.code.type, commands);
      }
    } catch (error) {
      fresh.version?.abandon();
      throw error;
    }
    return fresh;
  }

  /** Puts the new version in the place of what there is of the plugin by then: somebody may have taken that down, or up. */
  async #replace(name: string, { unit, version }: Pick<FreshUnit, 'unit' | 'version'>): Promise<PluginUnit> {
    try {
      for (let fresh = unit; ; fresh = fresh.renewed()) {
        const replacement = new Replacement(this.#host, await this.#settled(name), fresh, this.#closing.signal);
        if (!(await this.#isInPlace(replacement))) continue;
        version?.settle();
        this.#retire(name, replacement);
        return fresh;
      }
    } catch (error) {
      version?.abandon();
      throw error;
    }
  }

  /** Whether the new units could take the place of the old ones; not where these are others meanwhile. */
  async #isInPlace(replacement: Replacement): Promise<boolean> {
    try {
      if (replacement.isUp) {
        await replacement.judge();
        await replacement.activate();
      }
      this.#closing.signal.throwIfAborted();
      if (replacement.isConfigured) {
        replacement.switch();
        return true;
      }
      await replacement.withdraw();
      return false;
    } catch (error) {
      await replacement.withdraw();
      if (this.#closing.signal.aborted || !replacement.isOvertaken) throw error;
      return false;
    }
  }

  #retire(plugin: string, replacement: Replacement): void {
    replacement.retire().catch((error: unknown) => {
      this.#host.logger.error(`The replaced version of plugin "${plugin}" could not be taken down: ${messageOf(error)}`, { plugin, error });
    });
  }

  #failed({ name }: PluginUnit, cause: unknown): StructumError {
    if (StructumError.is(cause) && cause.code === 'DISPOSED' && this.#closing.signal.aborted) return cause;
    const error = this.#host.redactor.redactValue(catalogued('RELOAD_FAILED', { plugin: name, reason: messageOf(cause), ...remedyOf(cause) }, cause));
    this.#host.events.emit('plugin:reload-failed', { plugin: name, error });
    return error;
  }

  #refuseBeyondLimit({ name }: PluginUnit): void {
    const { modules, bytes } = retainedModules();
    const limit = this.#host.retainedLimit;
    if (bytes >= limit) throw catalogued('RELOAD_LIMIT', { plugin: name, modules, bytes, limit });
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

/** What the cause says to do. That a plugin whose code fails may be removed is no advice about one that goes on. */
function remedyOf(cause: unknown): { readonly remedy?: string } {
  const isOwnCode = StructumError.is(cause) && OWN_CODE.includes(cause.code) && cause.details?.['requires'] === undefined;
  return isOwnCode && cause.details?.['remedy'] === undefined ? {} : remedyIn(cause);
}

const OWN_CODE: readonly string[] = ['PLUGIN_LOAD_FAILED', 'PLUGIN_ACTIVATE_FAILED'] satisfies readonly ErrorCode[];

function reloadedAs({ name, manifest: { version }, generation }: PluginUnit, start: number): Reloaded {
  return { plugin: name, version, generation, duration: uptime() - start };
}
