import type { Logger } from './contract/index.js';
import { changedKeys, type Configuration } from './config/index.js';
import { shownValue } from './config/store/shown-value.js';
import { catalogued, messageOf, StructumError } from './errors/index.js';
import type { Redactor } from './monitoring/index.js';
import { deepFreeze } from './plugins/deep-freeze.js';
import type { HostEvents } from './plugins/host-events.js';
import type { PluginRegistry } from './plugins/plugin-registry.js';

type Section = Readonly<Record<string, unknown>>;

/** What telling needs from its host. */
export interface NewsHost {
  readonly registry: PluginRegistry;
  readonly events: HostEvents;
  readonly logger: Logger;
  readonly redactor: Redactor;
  warn(error: StructumError): void;
}

/** Tells a host what becomes of its configuration while it runs, the same once. */
export class ConfigurationNews {
  readonly #host: NewsHost;
  /** What was noticed when it was loaded last. */
  #notices: ReadonlySet<string>;
  /** What was noticed last of the section of each plugin. */
  readonly #ofPlugins = new Map<string, ReadonlySet<string>>();
  /** Why what it says by now is not heeded. */
  #refusal: StructumError | undefined;

  /** @param notices - Told already. */
  constructor(host: NewsHost, notices: readonly StructumError[]) {
    this.#host = host;
    this.#notices = messagesOf(notices);
  }

  /** More of what was noticed is told already. */
  told(notices: readonly StructumError[]): void {
    this.#notices = new Set([...this.#notices, ...messagesOf(notices)]);
  }

  /** It is heeded; `notices` are what was gone on without. */
  heeded(notices: readonly StructumError[]): void {
    const { events, logger } = this.#host;
    const known = this.#notices;
    this.#notices = messagesOf(notices);
    for (const notice of notices) if (!known.has(notice.message)) this.#host.warn(notice);
    const error = this.#refusal;
    if (error === undefined) return;
    this.#refusal = undefined;
    logger.info('The configuration is valid again.');
    events.emit('config:recovered', { error });
  }

  /** What of a plugin's section counts for nothing. */
  ofPlugin(plugin: string, notices: readonly StructumError[]): void {
    const known = this.#ofPlugins.get(plugin);
    this.#ofPlugins.set(plugin, messagesOf(notices));
    for (const notice of notices) if (known?.has(notice.message) !== true) this.#host.warn(notice);
  }

  /**
   * What is in force is another one.
   *
   * @param rotated - The keys of what is something else though the same is said.
   */
  changed(before: Configuration, now: Configuration, rotated: readonly string[]): void {
    // All of a large configuration takes a while.
    if (!this.#host.events.isHeard('config:changed')) return;
    const schemas = new Map([...this.#host.registry.units].map(({ name, manifest }) => [name, manifest.settings]));
    const [previous, current] = [before.whole(schemas), now.whole(schemas)];
    const changed = [...new Set([...changedKeys(previous, current), ...rotated])].sort();
    if (changed.length === 0) return;
    // Who listens may well log it.
    const shown = (all: Section): Section => deepFreeze(shownValue(all, [], { names: () => [...schemas.keys()], schemaOf: (plugin) => schemas.get(plugin) }) as Section);
    this.#host.events.emit('config:changed', this.#host.redactor.redactValue({ previous: shown(previous), current: shown(current), changed }));
  }

  /**
   * It is wrong, and not heeded.
   *
   * @param options.isRetry - Whether it was known to be wrong: others may tell the same in other words each time.
   */
  refused(cause: unknown, { isRetry }: { readonly isRetry: boolean }): void {
    if (isRetry && isCausedBy(this.#refusal, codeOf(cause))) return;
    const hint = StructumError.is(cause) ? cause.hint : undefined;
    const error = this.#host.redactor.redactValue(catalogued('CONFIG_REFUSED', { reason: messageOf(cause), ...(hint === undefined ? {} : { remedy: hint }) }, cause));
    if (this.#refusal?.message === error.message) return;
    this.#refusal = error;
    this.#host.logger.error(error.message, { code: error.code, hint: error.hint });
    this.#host.events.emit('config:refused', { error });
  }
}

function isCausedBy(error: StructumError | undefined, code: string | undefined): boolean {
  return code !== undefined && codeOf(error?.cause) === code;
}

function codeOf(error: unknown): string | undefined {
  return StructumError.is(error) ? error.code : undefined;
}

function messagesOf(notices: readonly StructumError[]): ReadonlySet<string> {
  return new Set(notices.map(({ message }) => message));
}
