import { StructumError, type PluginWatchOptions, type Registry, type Structum } from '@structum/core';

/** Who is told of what. */
export interface PluginWatchesOptions extends Required<Pick<PluginWatchOptions, 'onReload' | 'onError'>> {
  /** Called when the configuration says something else than before. */
  readonly onConfig: () => void;
  /** Gets why a plugin that a watched one needs cannot be watched itself. */
  readonly onUnwatchable: (error: StructumError) => void;
}

/** Watches a plugin, those that it needs or uses by now, and what is decided about plugins. */
export class PluginWatches implements Disposable {
  readonly #host: Structum;
  readonly #options: PluginWatchesOptions;
  readonly #watches = new Map<string, Disposable>();
  /** Those that were watched once: they may have changed since. */
  readonly #left = new Set<string>();
  /** End the watch of the configuration. */
  readonly #endings: (() => void)[] = [];
  #plugin = '';
  #isDisposed = false;

  constructor(host: Structum, options: PluginWatchesOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** The plugin that is watched for its own sake. */
  get plugin(): string {
    return this.#plugin;
  }

  /** @throws `RELOAD_IMPOSSIBLE` where the plugin cannot be watched: then nobody need wait for its changes. */
  begin(plugin: string): void {
    this.#plugin = plugin;
    this.#watches.set(plugin, this.#watch(plugin));
    this.#endings.push(this.#host.on('config:changed', () => { this.#options.onConfig(); }));
    const watch = this.#host.watchConfig();
    this.#endings.push(() => { watch[Symbol.dispose](); });
  }

  /** Watches `plugin`, and those behind it, as they are now, and no others. */
  async follow(plugin: string): Promise<void> {
    if (this.#isDisposed) return;
    this.#plugin = plugin;
    const wanted = pluginsBehind(this.#host.registry, plugin);
    for (const name of [...this.#watches.keys()]) if (!wanted.has(name)) this.#leave(name);
    for (const name of wanted) if (!this.#watches.has(name)) await this.#add(name);
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const end of this.#endings.splice(0)) end();
    for (const name of [...this.#watches.keys()]) this.#leave(name);
  }

  async #add(name: string): Promise<void> {
    try {
      this.#watches.set(name, this.#watch(name));
      if (this.#left.delete(name)) await this.#host.reload(name);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      // What the host was given as a class cannot be loaded again; the rest can.
      if (error.code === 'RELOAD_IMPOSSIBLE') this.#options.onUnwatchable(error);
      else this.#options.onError(error);
    }
  }

  #watch(name: string): Disposable {
    const { onReload } = this.#options;
    return this.#host.watch({
      plugins: [name],
      reruns: true,
      onReload: (reloaded) => {
        onReload(reloaded);
        // What it needs may be something else now; a command may be running for long yet.
        void this.follow(this.#plugin);
      },
      onError: (error) => {
        // Who is told may mend it at once.
        this.#awaitMending(name, error);
        this.#options.onError(error);
      },
    });
  }

  /** What keeps a new version from coming up is nothing that the running one needs: when that is mended, the new one comes. */
  #awaitMending(name: string, error: StructumError): void {
    for (const required of requirementsIn(error.cause)) {
      if (this.#watches.has(required) || this.#isDisposed) continue;
      const watch = this.#host.watch({ plugins: [required], onReload: () => { void this.#retry(name); }, onError: this.#options.onError });
      this.#watches.set(required, watch);
    }
  }

  async #retry(name: string): Promise<void> {
    await this.#host.reload(name).then(this.#options.onReload, this.#options.onError);
    await this.follow(this.#plugin);
  }

  #leave(name: string): void {
    this.#watches.get(name)?.[Symbol.dispose]();
    this.#watches.delete(name);
    this.#left.add(name);
  }
}

/** From what a plugin requires that could not come up to the one that is to blame. */
function requirementsIn(error: unknown): readonly string[] {
  const requires = StructumError.is(error) ? error.details?.['requires'] : undefined;
  return Array.isArray(requires) ? (requires as readonly string[]) : [];
}

/** A plugin, and those that it needs or uses, as far as they are there. */
function pluginsBehind(registry: Registry, plugin: string): ReadonlySet<string> {
  const found = new Set([plugin]);
  // A set hands out what is added to it while it is walked.
  for (const name of found) {
    for (const { plugin: other } of registry.dependsOn(name)) if (other !== undefined && registry.plugin(other) !== undefined) found.add(other);
  }
  return new Set([...found].filter((name) => {
    const record = registry.plugin(name);
    return record !== undefined && record.tier !== 'found' && record.state !== 'disabled';
  }));
}
