import type { PolicyInForce } from '../config/index.js';
import type { ActivationEvents } from './activation-events.js';
import type { Lifecycle } from './lifecycle.js';
import type { PluginRegistry } from './plugin-registry.js';

/** What another policy needs from its host. */
interface GovernedHost {
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  readonly activation: ActivationEvents;
}

/** Takes down what is disabled by now, and up what is enabled. */
export async function heedPolicy(policy: PolicyInForce, { registry, lifecycle, activation }: GovernedHost): Promise<void> {
  const { enabled, disabled } = registry.heedPolicy(policy);
  // A command of one of them may be what disables it: whoever waits for that one waits for himself.
  const leaving = disabled.map((unit) => ({ isBusy: lifecycle.isBusy(unit), gone: lifecycle.renew(unit) }));
  await Promise.all(leaving.filter(({ isBusy }) => !isBusy).map(({ gone }) => gone));
  void activation.came(enabled);
}
