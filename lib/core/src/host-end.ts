import { catalogued } from './errors/index.js';
import type { HostCommands } from './execution/host-commands.js';
import type { Isolation } from './execution/remote/index.js';
import type { HostConfiguration } from './host-configuration.js';
import type { HostSecrets } from './host-secrets.js';
import type { HostWatches } from './host-watches.js';
import type { ResolvedLimits } from './limits.js';
import type { Lazy } from './platform/index.js';
import type { Lifecycle } from './plugins/lifecycle.js';
import type { Reloads } from './plugins/reload/index.js';

/** What ends with a host. */
export interface EndingHost {
  readonly limits: ResolvedLimits;
  readonly watches: HostWatches;
  readonly configuration: HostConfiguration;
  readonly secrets: HostSecrets;
  readonly commands: HostCommands;
  readonly reloads: Lazy<Reloads>;
  readonly lifecycle: Lifecycle;
  readonly isolation: Lazy<Isolation>;
}

/** The end of a host: who asks for it first has all of it taken down, and from then on it does nothing more. */
export class HostEnd {
  readonly #host: EndingHost;
  #disposal: Promise<void> | undefined;

  constructor(host: EndingHost) {
    this.#host = host;
  }

  /** Resolves when all is down; a second call waits for the first. */
  dispose(): Promise<void> {
    this.#disposal ??= this.#takeDown();
    return this.#disposal;
  }

  /** @throws `DISPOSED` */
  refuseWhenDisposed(): void {
    if (this.#disposal !== undefined) throw catalogued('DISPOSED', { subject: 'This Structum' });
  }

  async #takeDown(): Promise<void> {
    const { limits, watches, configuration, secrets, commands, reloads, lifecycle, isolation } = this.#host;
    watches.close();
    configuration.close();
    // Before those are waited for who wait for secrets.
    secrets.close();
    await Promise.all([commands.close(limits.drain, limits.deactivate), reloads.opened?.then((opened) => opened.close())]);
    await lifecycle.deactivateAll();
    await (await isolation.opened)?.dispose();
  }
}
