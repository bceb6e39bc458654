import { AsyncLocalStorage } from 'node:async_hooks';
import { defineService, type CommandManifest, type ConfigStore, type LogRecord, type PolicyStore, type SecurityChecks } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import type { Executor } from '../execution/executor.js';
import { InlineExecutor } from '../execution/inline-executor.js';
import type { ExecuteRequest, GuestPlugin, OpenAnswer, OpenRequest } from '../execution/remote/protocol.js';
import { createLogger, Redactor } from '../monitoring/index.js';
import { replaceFilesThrough, systemClock, unlessAborted, type ReplaceFile } from '../platform/index.js';
import { Injector } from '../plugins/injector.js';
import { Lifecycle } from '../plugins/lifecycle.js';
import type { SourcedSection } from '../plugins/plugin-settings.js';
import { PluginRegistry } from '../plugins/plugin-registry.js';
import { PluginUnit } from '../plugins/plugin-unit.js';
import { guestBroker } from './guest-broker.js';
import { guestCall } from './guest-context.js';
import type { GuestFiles } from './guest-files.js';
import type { HostLink } from './host-link.js';
import { logRecordData } from './log-record.js';
import { Outbox } from './outbox.js';
import { remoteService } from './remote-service.js';

/** Stands where something is that the host answers for: it is never used. */
const NOTHING: object = Object.freeze({});

/** How many log lines wait at most. */
const LINES = 64;

/** A small host: it runs one plugin, with those that it uses, and asks its own host for everything else. */
export class GuestHost {
  readonly #link: HostLink;
  readonly #main: PluginUnit;
  readonly #lifecycle: Lifecycle;
  readonly #executor: Executor;
  /** What the plugin logs besides its calls. */
  readonly #lines: Outbox<LogRecord>;
  /** Names the call at work. */
  readonly #calls = new AsyncLocalStorage<string>();
  readonly #files = new Map<string, GuestFiles>();

  /** @throws what is wrong with a plugin by its manifest. */
  constructor(link: HostLink, { plugin, plugins, limits, logLevel, services }: OpenRequest, warn: (error: StructumError, level?: 'warn' | 'debug') => void) {
    this.#link = link;
    const registry = new PluginRegistry({ report: (error) => { warn(error); } });
    const settings = new Map(plugins.map((each) => [each.manifest.name, each.settings]));
    this.#lines = new Outbox<LogRecord>({ room: LINES, sizeOf: () => 1, send: (records) => link.request('log', { records: records.map(logRecordData) }) });
    const logger = createLogger({ level: logLevel, write: (record) => void this.#lines.add(record)?.catch(() => undefined) });
    const coreServices = new Map(services.map((id) => [id, remoteService(link, id, () => this.#calls.getStore())]));
    const shared = {
      registry, logger, coreServices,
      redactor: new Redactor(),
      limits: { ...limits, configure: limits.deactivate },
      clock: systemClock,
      policies: NOTHING as PolicyStore,
      configs: () => NOTHING as ConfigStore,
      securityChecks: NOTHING as SecurityChecks,
      serviceAsked: () => undefined,
      settingsOf: (unit: PluginUnit): SourcedSection => asGiven(settings.get(unit.name) ?? {}),
      brokerFor: (unit: PluginUnit) => guestBroker((method, data) => unlessAborted(unit.lifetime, link.request(method, data))),
      resolveSecrets: (_unit: PluginUnit, section: SourcedSection['settings']) => Promise.resolve(section),
      warn,
    };
    replaceFilesThrough(() => this.#filesAtWork());
    const injector = new Injector(shared);
    this.#lifecycle = new Lifecycle(shared, injector);
    this.#executor = new InlineExecutor(this.#lifecycle, injector);
    const units = plugins.map(unitOf);
    for (const unit of units) registry.add(unit);
    this.#main = units.find(({ name }) => name === plugin) ?? unitMissing(plugin);
  }

  /** Takes the plugin up. */
  async open(): Promise<OpenAnswer> {
    await this.#lifecycle.activate(this.#main);
    const { timings, instance } = this.#main;
    return { load: timings.load ?? 0, activate: timings.activate ?? 0, isChecked: instance?.checkHealth !== undefined };
  }

  /** Carries out a call, and resolves when the host has been told everything. */
  async execute(request: ExecuteRequest, signal: AbortSignal): Promise<unknown> {
    const unit = this.#main;
    const { context, news, files } = guestCall(this.#link, unit, request, signal);
    const { input, render, collect } = request;
    this.#files.set(request.call, files);
    try {
      return await this.#calls.run(request.call, () => this.#executor.execute({
        unit, chain: [unit], command: commandOf(unit, request), input, given: input, context, render, collect,
        show: (data) => news.show(data),
        onItem: async (item) => { await news.item(item); },
        onStart: () => { news.started(); },
        confine: () => undefined,
        onTurn: () => undefined, priority: 0,
      }));
    } finally {
      this.#files.delete(request.call);
      await files.end();
      await news.flush();
    }
  }

  async health(): Promise<unknown> {
    return this.#main.instance?.checkHealth?.();
  }

  /** What a method of a service of the plugin gives. */
  async service(id: string, member: string, args: readonly unknown[]): Promise<unknown> {
    const service = await this.#lifecycle.service<Readonly<Record<string, unknown>>>(defineService(id));
    const method = member in Object.prototype ? undefined : service[member];
    if (typeof method !== 'function') throw catalogued('SERVICE_METHOD_UNKNOWN', { service: id, method: member });
    return Reflect.apply(method, service, [...args]) as unknown;
  }

  #filesAtWork(): ReplaceFile | undefined {
    const files = this.#files.get(this.#calls.getStore() ?? '');
    return files === undefined ? undefined : (file, options) => files.replaceFile(file, options);
  }

  /** Takes all of it down. */
  async close(): Promise<void> {
    await this.#lifecycle.deactivateAll();
    await this.#lines.flush();
  }
}

function unitOf({ manifest, file, manifestFile, source, tier, generation }: GuestPlugin): PluginUnit {
  return new PluginUnit(manifest, { file }, { source, tier, generation, manifestFile });
}

function commandOf({ manifest }: PluginUnit, { command }: ExecuteRequest): CommandManifest {
  const found = manifest.commands.find(({ path }) => path === command);
  if (found === undefined) throw catalogued('COMMAND_UNKNOWN', { command, suggestions: [] });
  return found;
}

/** Whoever gave them has held them against what the plugin describes. */
function asGiven(settings: Readonly<Record<string, unknown>>): SourcedSection {
  return { section: {}, settings, problems: [], notices: [], source: { layerOf: () => undefined, allowsExec: false } };
}

function unitMissing(plugin: string): never {
  throw catalogued('PLUGIN_UNKNOWN', { plugin });
}
