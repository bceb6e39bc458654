import type { ServiceToken } from './contract/index.js';
import type { HostEnd } from './host-end.js';
import type { ActivationEvents } from './plugins/activation-events.js';
import type { Lifecycle } from './plugins/lifecycle.js';

/** Services of a host's plugins. */
export interface Services {
  /**
   * The service of that token; its plugin is loaded and activated if need be.
   * One of a plugin that runs isolated has to be declared as `remote`: what it has are methods, and they return promises.
   * @throws `SERVICE_UNKNOWN`, `SERVICE_NOT_REMOTE`, or why its plugin cannot be used.
   */
  get<Service>(token: ServiceToken<Service>): Promise<Service>;
}

/** What services need from their host. */
interface HostOfServices {
  readonly end: HostEnd;
  readonly activation: ActivationEvents;
  readonly lifecycle: Lifecycle;
}

/** Services as a host offers them. */
export function servicesOf({ end, activation, lifecycle }: HostOfServices): Services {
  return {
    get: async (token) => {
      end.refuseWhenDisposed();
      await activation.beforeService(token.id);
      return lifecycle.service(token);
    },
  };
}
