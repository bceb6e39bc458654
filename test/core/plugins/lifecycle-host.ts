import { silentLogger, type PluginClass, type PluginPolicy } from '@structum/core';
import { LayeredConfigStore } from '#internal/core/config/store/index.js';
import { admit } from '#internal/core/plugins/admission.js';
import { announcing } from '#internal/core/plugins/announcements.js';
import { HostEvents } from '#internal/core/plugins/host-events.js';
import { Injector } from '#internal/core/plugins/injector.js';
import { Lifecycle, type ResolvedLimits } from '#internal/core/plugins/lifecycle.js';
import { Redactor } from '#internal/core/monitoring/redactor.js';
import { PluginRegistry } from '#internal/core/plugins/plugin-registry.js';
import { describedSection } from '#internal/core/plugins/plugin-settings.js';
import type { PluginUnit } from '#internal/core/plugins/plugin-unit.js';
import { systemClock } from '#internal/core/platform/index.js';

/** The part of a host that takes plugins up and down, to be looked at from within. */
export interface LifecycleUnderTest {
  readonly events: HostEvents;
  readonly registry: PluginRegistry;
  readonly lifecycle: Lifecycle;
  /** The unit that the registry lists by that name. */
  readonly unit: (name: string) => PluginUnit;
}

const LIMITS: ResolvedLimits = { load: 1_000, activate: 1_000, configure: 1_000, deactivate: 1_000, drain: 1_000, health: 1_000 };

/** A lifecycle with `plugins` in its registry. */
export async function lifecycleWith(plugins: readonly PluginClass[], limits: Partial<ResolvedLimits> = {}): Promise<LifecycleUnderTest> {
  const events = new HostEvents((error) => { throw error; });
  const registry = new PluginRegistry({ observer: announcing(events) });
  const policies = { policy: {} as PluginPolicy, problems: [], decidedBy: () => undefined, read: unavailable, setEnabled: unavailable };
  const configs = new LayeredConfigStore({ parts: () => ({ sources: undefined, host: {}, home: undefined, cwd: '/', problems: undefined }), schemas: { names: () => [], schemaOf: () => undefined }, checkReveal: () => undefined, revealed: () => undefined, resolveSecrets: unavailable, brokenRules: unavailable });
  const source = { allowsExec: false, layerOf: () => undefined };
  const host = {
    registry, policies, securityChecks: { checkControls: unavailable }, configs: () => configs, clock: systemClock, logger: silentLogger, redactor: new Redactor(), coreServices: new Map<string, unknown>(),
    limits: { ...LIMITS, ...limits },
    settingsOf: (unit: PluginUnit) => ({ ...describedSection(unit, {}, 'warn', source), section: {}, source }),
    resolveSecrets: unavailable,
    serviceAsked: () => undefined,
    brokerFor: () => ({ fetch: () => Promise.reject(new Error('There is no network.')), exec: () => Promise.reject(new Error('There are no programs.')) }),
    warn: () => undefined,
  };
  const lifecycle = new Lifecycle(host, new Injector(host));
  for (const plugin of plugins) registry.add((await admit(plugin, { locations: [], limit: LIMITS.load })).unit);
  return {
    events, registry, lifecycle,
    unit: (name) => {
      const unit = registry.unit(name);
      if (unit === undefined) throw new Error(`There is no plugin "${name}".`);
      return unit;
    },
  };
}

function unavailable(): Promise<never> {
  return Promise.reject(new Error('This host keeps no policy.'));
}
