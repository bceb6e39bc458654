import type * as Watching from './config/config-watch.js';
import type { ConfigWatchOptions } from './config/config-watch.js';
import type { HostConfiguration } from './host-configuration.js';
import type { HostReports } from './host-reports.js';
import { required } from './platform/index.js';
import type { PluginRegistry } from './plugins/plugin-registry.js';
import type * as Reloading from './plugins/reload/index.js';
import type { PluginWatchOptions, Reloaded, ReloadOptions } from './plugins/reload/index.js';

/** What watching files needs from its host. */
export interface WatchedHost {
  readonly registry: PluginRegistry;
  readonly configuration: HostConfiguration;
  readonly reports: HostReports;
}

/** The watches of a host: each goes on until it, or the host, is disposed. */
export class HostWatches {
  readonly #host: WatchedHost;
  readonly #open = new Set<Disposable>();

  constructor(host: WatchedHost) {
    this.#host = host;
  }

  /**
   * Reloads plugins when their files change.
   * @throws `PLUGIN_UNKNOWN`, `RELOAD_IMPOSSIBLE`.
   */
  ofPlugins(options: PluginWatchOptions, reload: (name: string, options: ReloadOptions) => Promise<Reloaded>): Disposable {
    const { registry, reports: { events, logger } } = this.#host;
    const { PluginWatch } = required<typeof Reloading>('./plugins/reload/index.js', import.meta.url);
    return this.#kept(new PluginWatch({ registry, events, logger, reload }, options));
  }

  /** Heeds the configuration when its files change. */
  ofConfiguration(options: ConfigWatchOptions): Disposable {
    const { configuration, reports: { warn } } = this.#host;
    const { ConfigWatch } = required<typeof Watching>('./config/config-watch.js', import.meta.url);
    return this.#kept(new ConfigWatch({
      files: configuration.files,
      referencedFiles: () => configuration.referencedFiles(),
      onReferences: (listener) => configuration.onReferences(listener),
      heed: (move, onRead) => configuration.follow(move, onRead),
      warn,
    }, options));
  }

  /** Ends those that still go on. */
  close(): void {
    for (const watch of this.#open) watch[Symbol.dispose]();
    this.#open.clear();
  }

  #kept(watch: Disposable): Disposable {
    this.#open.add(watch);
    return {
      [Symbol.dispose]: () => {
        this.#open.delete(watch);
        watch[Symbol.dispose]();
      },
    };
  }
}
