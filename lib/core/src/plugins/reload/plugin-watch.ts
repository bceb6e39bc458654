import { dirname } from 'node:path';
import type { Logger } from '../../contract/index.js';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { FileWatch } from '../../platform/watch.js';
import type { HostEvents } from '../host-events.js';
import type { PluginRegistry } from '../plugin-registry.js';
import type { PluginUnit } from '../plugin-unit.js';
import { OwnChanges } from './own-changes.js';
import { countsAsCode, homeOf } from './plugin-home.js';
import type { Reloaded, ReloadOptions } from './reloads.js';

/** What is watched, and who is told. */
export interface PluginWatchOptions {
  /** The plugins; when left out, those that are loaded, now or later, and can be reloaded. */
  readonly plugins?: readonly string[];
  /** Further files, like those of the configuration: when one changes, all of these plugins are reloaded. */
  readonly files?: readonly string[];
  /** The settings that a plugin is to have now, asked for at each reload; as before where it gives none. */
  readonly settings?: (plugin: string) => ReloadOptions['settings'] | Promise<ReloadOptions['settings']>;
  /**
   * Whether commands are run again after each reload. Then what they change time after time is their own doing, and nothing
   * is reloaded because of that, as with what a plugin changes whenever it comes up.
   */
  readonly reruns?: boolean;
  /** Milliseconds without a change before a plugin is reloaded; 100 when left out. */
  readonly debounce?: number;
  readonly onReload?: (reloaded: Reloaded) => void;
  /** Gets why a plugin could not be reloaded, or not be watched, or is not reloaded any more because it changes its own files. */
  readonly onError?: (error: StructumError) => void;
}

/** What watching plugins needs from its host. */
export interface PluginWatchHost {
  readonly registry: PluginRegistry;
  readonly events: HostEvents;
  readonly logger: Logger;
  reload(name: string, options: ReloadOptions): Promise<Reloaded>;
}

/** Reloads plugins when their code, their manifests or further files change, until it is disposed. */
export class PluginWatch implements Disposable {
  readonly #host: PluginWatchHost;
  readonly #options: PluginWatchOptions;
  readonly #watches = new Map<string, FileWatch>();
  readonly #own = new Map<string, OwnChanges>();
  /** Plugins that change their own files, of which somebody was told. */
  readonly #restless = new Set<string>();
  /** Ends the work of commands that run, by execution. */
  readonly #running = new Map<string, readonly (() => void)[]>();
  readonly #listening: readonly (() => void)[];
  #isDisposed = false;

  /** @throws `PLUGIN_UNKNOWN`, `RELOAD_IMPOSSIBLE`: for a plugin that was named. */
  constructor(host: PluginWatchHost, options: PluginWatchOptions) {
    this.#host = host;
    this.#options = options;
    const { plugins } = options;
    const comes = plugins === undefined ? 'plugin:loaded' : 'plugin:registered';
    this.#listening = [
      host.events.on(comes, ({ plugin }) => { if (plugins?.includes(plugin) !== false) this.#watchAgain(plugin); }),
      host.events.on('plugin:unregistered', ({ plugin }) => { this.#unwatch(plugin); }),
      ...(options.reruns === true ? this.#followCommands() : []),
    ];
    try {
      for (const name of plugins ?? []) this.#watch(known(host.registry.unit(name), name));
      if (plugins === undefined) for (const { name, type, state } of host.registry.units) if (type !== undefined || state === 'active') this.#watchAgain(name);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const stop of this.#listening) stop();
    for (const name of [...this.#watches.keys()]) this.#unwatch(name);
  }

  /** Any command may change any plugin's files. */
  #followCommands(): readonly (() => void)[] {
    const { events } = this.#host;
    return [
      events.on('command:started', ({ execution }) => { this.#running.set(execution, [...this.#own.values()].map((own) => own.beginWork())); }),
      events.on('command:finished', ({ execution }) => {
        for (const end of this.#running.get(execution) ?? []) end();
        this.#running.delete(execution);
      }),
    ];
  }

  /** Watches a plugin that has come, as far as it can be reloaded: nobody asked for this one by name, or somebody gave another one since. */
  #watchAgain(name: string): void {
    const unit = this.#host.registry.unit(name);
    if (unit === undefined || this.#watches.has(name)) return;
    try {
      this.#watch(unit);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      if (this.#options.plugins !== undefined) this.#options.onError?.(error);
    }
  }

  #unwatch(name: string): void {
    this.#watches.get(name)?.[Symbol.dispose]();
    this.#watches.delete(name);
    this.#own.delete(name);
  }

  #watch(unit: PluginUnit): void {
    const { name } = unit;
    const { folder, file } = homeOf(unit);
    const { files = [], debounce = DEBOUNCE } = this.#options;
    const watch = new FileWatch({
      folders: file.startsWith(folder) ? [folder] : [folder, dirname(file)],
      files,
      counts: countsAsCode(file),
      debounce,
      onChange: (changed) => { this.#onChange(name, changed); },
      onFound: (found, came) => { own.found(found, came); },
      onError: (error) => { this.#options.onError?.(catalogued('WATCH_FAILED', { plugin: name, folder, reason: messageOf(error) }, error)); },
    });
    const own = new OwnChanges(() => { watch.peek(); });
    this.#watches.set(name, watch);
    this.#own.set(name, own);
  }

  #onChange(name: string, files: readonly string[]): void {
    if (this.#own.get(name)?.includes(files) !== true) {
      this.#restless.delete(name);
      void this.#reload(name);
    } else if (!this.#restless.has(name)) {
      this.#restless.add(name);
      this.#options.onError?.(catalogued('WATCH_OWN_CHANGES', { plugin: name, files }));
    }
  }

  async #reload(name: string): Promise<void> {
    const { settings, onReload, onError } = this.#options;
    const end = this.#own.get(name)?.beginRound();
    const tell = await this.#outcome(name, settings).then(
      (reloaded) => () => { if (reloaded !== undefined) onReload?.(reloaded); },
      (error: unknown) => () => { onError?.(asFailure(name, error)); },
    );
    end?.();
    if (this.#isOver(name)) return;
    try {
      tell();
    } catch (error) {
      this.#host.logger.error(`Who watches plugin "${name}" threw: ${messageOf(error)}`, { plugin: name, error });
    }
  }

  async #outcome(name: string, settings: PluginWatchOptions['settings']): Promise<Reloaded | undefined> {
    const given = await settings?.(name);
    return this.#isOver(name) ? undefined : this.#host.reload(name, given === undefined ? {} : { settings: given });
  }

  /** Also when the plugin is gone. */
  #isOver(name: string): boolean {
    return this.#isDisposed || this.#host.registry.unit(name) === undefined;
  }
}

/** In milliseconds. */
const DEBOUNCE = 100;

function asFailure(plugin: string, error: unknown): StructumError {
  return StructumError.is(error) ? error : catalogued('RELOAD_FAILED', { plugin, reason: messageOf(error) }, error);
}

function known(unit: PluginUnit | undefined, plugin: string): PluginUnit {
  if (unit === undefined) throw catalogued('PLUGIN_UNKNOWN', { plugin });
  return unit;
}
