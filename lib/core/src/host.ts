import { dirname } from 'node:path';
import type { Broker, Clock, ConfigStore, SandboxMode, SecurityChecks, SecurityPolicy } from './contract/index.js';
import type { CallConfinement } from './execution/command-context.js';
import { HostCommands } from './execution/host-commands.js';
import { InlineExecutor } from './execution/inline-executor.js';
import { lifetimeBroker } from './execution/lifetime-broker.js';
import { placementOf } from './execution/placement.js';
import type { Isolation } from './execution/remote/index.js';
import { RoutedExecutor } from './execution/routed-executor.js';
import { locationsOf } from './host-catalog.js';
import { HostConfiguration, type ConfigurationOrigin } from './host-configuration.js';
import { HostEnd } from './host-end.js';
import { HostReports } from './host-reports.js';
import { givenProviders, HostSecrets } from './host-secrets.js';
import { HostWatches } from './host-watches.js';
import { limitsOf, type ResolvedLimits } from './limits.js';
import type { StructumOptions } from './options.js';
import { Lazy, systemClock } from './platform/index.js';
import { ActivationEvents } from './plugins/activation-events.js';
import { announcing } from './plugins/announcements.js';
import type { PluginCatalog } from './plugins/catalog.js';
import { Injector } from './plugins/injector.js';
import { Lifecycle } from './plugins/lifecycle.js';
import { Membership } from './plugins/membership.js';
import { PluginRegistry } from './plugins/plugin-registry.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import { AppliedPolicy } from './plugins/policy.js';
import { heedPolicy } from './plugins/policy-change.js';
import type { Reloads } from './plugins/reload/index.js';
import type { SettingsChanges } from './plugins/settings-changes.js';
import { AuditTrail } from './security/index.js';

/** The parts of a host, each given what it needs of the others; what is heavy is opened when it is first needed. */
export class Host {
  readonly limits: ResolvedLimits;
  readonly reports: HostReports;
  readonly registry: PluginRegistry;
  readonly configuration: HostConfiguration;
  readonly injector: Injector;
  readonly lifecycle: Lifecycle;
  readonly secrets: HostSecrets;
  readonly activation: ActivationEvents;
  readonly membership: Membership;
  readonly commands: HostCommands;
  readonly isolation = new Lazy(() => this.#openIsolation());
  readonly reloads = new Lazy(() => this.#openReloads());
  readonly watches = new HostWatches(this);
  readonly end = new HostEnd(this);
  readonly #changes = new Lazy(() => this.#openChanges());
  readonly #options: PlacedOptions;
  readonly #shared: SharedParts;

  /** @throws `SECRET_SCHEME_INVALID`, `LOCATION_INVALID`. */
  constructor(options: StructumOptions, origin: ConfigurationOrigin, catalog: PluginCatalog) {
    const { cwd = process.cwd(), env = {} } = options;
    this.#options = { ...options, cwd, env };
    this.limits = limitsOf(options.limits);
    this.reports = new HostReports(options);
    this.registry = this.#makeRegistry(origin, catalog);
    this.configuration = this.#makeConfiguration(origin);
    this.#shared = this.#share();
    this.injector = new Injector({ ...this.#shared, permissionsFor: (plugin) => this.configuration.security.permissionsFor(plugin) });
    this.lifecycle = this.#makeLifecycle();
    this.secrets = this.#makeSecrets();
    this.activation = this.#makeActivation();
    this.membership = this.#makeMembership();
    this.commands = this.#makeCommands();
  }

  #makeRegistry({ loaded }: ConfigurationOrigin, catalog: PluginCatalog): PluginRegistry {
    const { reservedFlags = [], reservedWords = [] } = this.#options;
    const { events, warn } = this.reports;
    return new PluginRegistry({ catalog, reservedFlags, reservedWords, policy: new AppliedPolicy(loaded.policy), report: warn, observer: announcing(events) });
  }

  #makeConfiguration(origin: ConfigurationOrigin): HostConfiguration {
    const { registry, reports: { events, logger, redactor, warn } } = this;
    return new HostConfiguration({
      registry, events, logger, redactor, warn, env: this.#options.env,
      changes: () => this.#changes.get(),
      heedPolicy: (policy) => heedPolicy(policy, this),
      resolveSecrets: (section, asker) => this.secrets.resolve(section, asker),
      brokenRules: async (plugin, section) => (await import('./plugins/broken-rules.js')).brokenRules(this, plugin, section),
    }, origin);
  }

  #share(): SharedParts {
    const { registry, limits, configuration, reports: { events, logger, redactor, warn } } = this;
    const { clock = systemClock, coreServices = {}, audit } = this.#options;
    return {
      registry, events, logger, redactor, limits, clock, warn,
      policies: configuration.policies,
      securityChecks: {
        checkControls: async (mode: SandboxMode = configuration.security.mode) => (await import('./security/proof/check-controls.js')).checkControls(mode, typeof audit === 'object' ? [dirname(audit.file)] : []),
      },
      configs: (unit) => configuration.storeFor(unit),
      settingsOf: (unit) => configuration.settingsOf(unit),
      policy: () => configuration.security,
      serviceAsked: (id, asking) => { this.activation.serviceAsked(id, asking); },
      coreServices: new Map(Object.entries(coreServices)),
    };
  }

  #makeLifecycle(): Lifecycle {
    return new Lifecycle({
      ...this.#shared,
      brokerFor: (unit) => this.#brokerFor(unit),
      resolveSecrets: (unit, section, source) => this.secrets.resolve({ section, plugin: unit.name, schema: unit.manifest.settings, source }, { unit, signal: unit.lifetime }),
      elsewhere: {
        placementOf: (unit) => placementOf(unit, this.configuration.security),
        open: async (unit) => (await this.isolation.get()).open(unit),
        service: async (unit, id) => (await this.isolation.get()).service(unit, id),
      },
    }, this.injector);
  }

  #brokerFor(unit: PluginUnit, confinement?: CallConfinement): Broker {
    const { env, cwd } = this.#options;
    return lifetimeBroker(unit, { security: this.#shared.policy, env, cwd, onDenied: this.reports.warn }, confinement);
  }

  #makeSecrets(): HostSecrets {
    const { env, cwd, from } = this.#options;
    return new HostSecrets({
      providers: { ...this.#shared, lifecycle: this.lifecycle, given: givenProviders(this.#options) },
      redactor: this.reports.redactor, env, cwd, locations: locationsOf(from), limit: this.limits.secret,
    });
  }

  #makeActivation(): ActivationEvents {
    return new ActivationEvents({ ...this.#shared, lifecycle: this.lifecycle, startsWithCommand: this.#options.activateOnStart === 'before-first-command' });
  }

  #makeMembership(): Membership {
    const { injector, lifecycle, activation } = this;
    return new Membership({
      ...this.#shared, injector, lifecycle, activation,
      locations: locationsOf(this.#options.from), loadLimit: this.limits.load,
      isElsewhereOnly: (unit) => placementOf(unit, this.configuration.security) !== 'inline',
      refuseWhenDisposed: () => { this.end.refuseWhenDisposed(); },
    });
  }

  #makeCommands(): HostCommands {
    const { lifecycle, activation, injector } = this;
    const { cwd, env, dataFolder, audit, confirm, ask } = this.#options;
    const { policy, redactor, warn } = this.#shared;
    return new HostCommands({
      ...this.#shared, lifecycle, activation,
      audit: new AuditTrail({ target: audit, policy, redact: (record) => redactor.redactValue(record), warn }),
      executor: new RoutedExecutor(lifecycle, new InlineExecutor(lifecycle, injector), () => this.isolation.get()),
      cwd, dataFolder, env: Object.freeze({ ...env }), confirm, ask,
    });
  }

  async #openIsolation(): Promise<Isolation> {
    const { Isolation, ProcessGuests, WorkerGuests } = await import('./execution/remote/index.js');
    const { lifecycle, injector } = this;
    const { cwd, env, dataFolder, discover } = this.#options;
    const { policy, warn } = this.#shared;
    // What can be found out again is kept where the host keeps any of it.
    const cacheFolder = typeof discover === 'object' ? discover.cache : undefined;
    return new Isolation({
      ...this.#shared, lifecycle, injector,
      workers: new WorkerGuests(policy),
      onPolicyChange: (listener) => { this.configuration.onHeeded(listener); },
      processes: new ProcessGuests({ cwd, env, policy, dataFolder, cacheFolder, warn }),
      brokerFor: (unit, confinement) => this.#brokerFor(unit, confinement),
    });
  }

  async #openReloads(): Promise<Reloads> {
    const { Reloads } = await import('./plugins/reload/index.js');
    const { lifecycle, injector } = this;
    return new Reloads({
      ...this.#shared, lifecycle, injector,
      retainedLimit: this.limits.retained,
      isConfigured: (unit) => this.configuration.isConfigured(unit),
    });
  }

  async #openChanges(): Promise<SettingsChanges> {
    const { SettingsChanges } = await import('./plugins/settings-changes.js');
    return new SettingsChanges({
      ...this.#shared, lifecycle: this.lifecycle,
      renew: async (plugin, how) => (await this.reloads.get()).renew(plugin, how),
    });
  }
}

/** The options of a host, with where it is. */
type PlacedOptions = StructumOptions & Required<Pick<StructumOptions, 'cwd' | 'env'>>;

/** What most parts of a host need. */
interface SharedParts extends Pick<HostReports, 'events' | 'logger' | 'redactor' | 'warn'>, Pick<HostConfiguration, 'policies' | 'settingsOf'> {
  readonly registry: PluginRegistry;
  readonly limits: ResolvedLimits;
  readonly clock: Clock;
  readonly securityChecks: SecurityChecks;
  /** The configuration, as a plugin may see it. */
  configs(unit: PluginUnit): ConfigStore;
  /** What is decided about the containment of plugins, as it is in force by now. */
  readonly policy: () => SecurityPolicy;
  serviceAsked(id: string, asking: PluginUnit): void;
  readonly coreServices: ReadonlyMap<string, unknown>;
}
