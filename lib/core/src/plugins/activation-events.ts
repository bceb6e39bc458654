import { catalogued, messageOf, type StructumError } from '../errors/index.js';
import type { Lifecycle } from './lifecycle.js';
import type { PluginRegistry } from './plugin-registry.js';
import type { PluginUnit } from './plugin-unit.js';

/** What activation events need from their host. */
export interface ActivationEventsHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  readonly warn: (error: StructumError) => void;
  /** Whether the first command is what starts the host. */
  readonly startsWithCommand: boolean;
}

/**
 * Takes plugins up at the events for which they ask to be. One that cannot come up is told of, and holds nothing up: what
 * the event is about goes on without it.
 */
export class ActivationEvents {
  readonly #host: ActivationEventsHost;
  #isStarted = false;

  constructor(host: ActivationEventsHost) {
    this.#host = host;
  }

  /** The host starts, or tells of an event of its own. Resolves when those who ask for that are up, or have failed. */
  async trigger(event: string): Promise<void> {
    if (event === START) this.#isStarted = true;
    await this.#happened(event === START ? event : `onEvent:${event}`);
  }

  /** Plugins came while the host runs: those who ask for its start get it late. */
  async came(units: readonly PluginUnit[]): Promise<void> {
    if (!this.#isStarted) return;
    await this.#takeUp(START, units.filter(({ manifest }) => manifest.activation?.includes(START) === true));
  }

  /**
   * A command is about to run; undefined when nobody asks for that.
   *
   * @param isOfHostOnly - Whether plugins that are not of the host do not learn of it, as if it were not there.
   */
  beforeCommand(path: string, { isOfHostOnly = false } = {}): Promise<void> | undefined {
    const started = this.#host.startsWithCommand && !this.#isStarted ? this.#start(isOfHostOnly) : undefined;
    const asked = this.#happened(`onCommand:${path}`, isOfHostOnly);
    return started === undefined || asked === undefined ? started ?? asked : Promise.all([started, asked]).then(() => undefined);
  }

  /** The host asks for a service; undefined when nobody else waits for that. */
  beforeService(id: string): Promise<void> | undefined {
    return this.#happened(`onService:${id}`);
  }

  /**
   * The plugin of `asking` asks for a service. It does not wait for others: one of them may wait for it. What is on its
   * way down takes nobody up any more, itself least of all.
   */
  serviceAsked(id: string, asking: PluginUnit): void {
    if (asking.isClosing || this.#host.lifecycle.isClosing) return;
    const event = `onService:${id}`;
    const others = this.#host.registry.activatedBy(event).filter((unit) => unit.name !== asking.name && unit.state !== 'active');
    if (others.length > 0) void this.#takeUp(event, others);
  }

  /** The first command starts the host; the others still start with the next one. */
  #start(isOfHostOnly: boolean): Promise<void> | undefined {
    return isOfHostOnly ? this.#happened(START, isOfHostOnly) : this.trigger(START);
  }

  #happened(event: string, isOfHostOnly = false): Promise<void> | undefined {
    const units = this.#host.registry.activatedBy(event).filter(({ isOfHost }) => isOfHost || !isOfHostOnly);
    return units.length === 0 ? undefined : this.#takeUp(event, units);
  }

  async #takeUp(event: string, units: readonly PluginUnit[]): Promise<void> {
    await Promise.all(units.filter(isWilling).map((unit) => this.#takeUpOne(event, unit)));
  }

  async #takeUpOne(event: string, found: PluginUnit): Promise<void> {
    const { lifecycle, registry, warn } = this.#host;
    try {
      const listed = registry.upToDate(found);
      if (listed === undefined) return;
      const unit = lifecycle.isGone(listed) ? await lifecycle.current(listed) : listed;
      await lifecycle.activate(unit);
    } catch (error) {
      warn(catalogued('PLUGIN_NOT_STARTED', { plugin: found.name, event, reason: messageOf(error) }, error));
    }
  }
}

const START = 'onStart';

/** What failed or was refused was told of when that happened, and what is not to be used says nothing. */
function isWilling({ state, tier }: PluginUnit): boolean {
  return tier !== 'found' && state !== 'failed' && state !== 'rejected' && state !== 'disabled';
}
