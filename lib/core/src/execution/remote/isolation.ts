import { defineService, GRANTED_SERVICES, type Broker, type ConcurrencyLimits, type ExecutorKind, type Logger, type SecurityPolicy, type ServiceToken } from '../../contract/index.js';
import { catalogued, type StructumError } from '../../errors/index.js';
import { unlessAborted } from '../../platform/index.js';
import type { OpenedElsewhere } from '../../plugins/elsewhere.js';
import type { Injector } from '../../plugins/injector.js';
import type { Lifecycle, ResolvedLimits } from '../../plugins/lifecycle.js';
import type { SourcedSection } from '../../plugins/plugin-settings.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import type { CallConfinement } from '../command-context.js';
import type { CommandCall, Executor } from '../executor.js';
import { placementOfCall } from '../placement.js';
import { ProtocolViolation } from '../wire/protocol-violation.js';
import { CallQueue } from './call-queue.js';
import { GuestPool, type GuestKind, type OpenGuest } from './guest-pool.js';
import { guestPlugins } from './guest-plugins.js';
import { GuestSession, type StartGuest } from './guest-session.js';
import { logLevelOf } from './log-lines.js';
import { remoteService } from './remote-service.js';
import { PROTOCOL_VERSION, type ExecuteRequest, type OpenAnswer } from './protocol.js';

/** What running plugins elsewhere needs from its host. */
export interface IsolationHost {
  readonly lifecycle: Lifecycle;
  readonly injector: Injector;
  readonly logger: Logger;
  readonly limits: ResolvedLimits;
  /** As it is in force by now. */
  readonly policy: () => SecurityPolicy;
  /** Calls `listener` whenever that may have become another. */
  onPolicyChange(listener: () => void): void;
  readonly workers: Guests;
  readonly processes: Guests;
  settingsOf(unit: PluginUnit): SourcedSection;
  /** What works for a plugin until it is deactivated, by what it is confined to. */
  brokerFor(unit: PluginUnit, confinement?: CallConfinement): Broker;
  warn(error: StructumError, level?: 'warn' | 'debug'): void;
}

/** Makes guests: in workers, or in processes. */
export interface Guests {
  /** Begins with what the first one would have to wait for. */
  prepare(): void;
  /** What a guest has to be that carries out that call, or takes a plugin up for none in particular. */
  kindFor(unit: PluginUnit, call: CommandCall | undefined): Promise<GuestKind>;
  /** What an error of a plugin stands for there: that something was denied to it, or itself. */
  meant(error: unknown, unit: PluginUnit, call: CommandCall | undefined): unknown;
}

/** Milliseconds beyond its own limits that a guest gets to come up: a process has to start. */
const START = 10_000;

/** Milliseconds that a cancelled call gets. */
const GRACE = 5_000;

/** How many calls may wait for each other: each of them has a process. */
const MOST_NESTED = 16;

/** Runs plugins, and their commands, in guests. */
export class Isolation implements Executor {
  readonly #host: IsolationHost;
  readonly #pool: GuestPool;
  readonly #queue: CallQueue;
  /** What a plugin that is on its way up comes up for. */
  readonly #wanted = new WeakMap<PluginUnit, CommandCall>();

  constructor(host: IsolationHost) {
    this.#host = host;
    const limits = (): ConcurrencyLimits => host.policy().concurrency;
    this.#queue = new CallQueue(limits);
    host.onPolicyChange(() => { this.#queue.heedLimits(); });
    // No more wait than may work at once.
    this.#pool = new GuestPool({ open: (kind) => this.#openGuest(kind), patience: host.limits.deactivate, mostIdle: limits });
  }

  /** Takes a plugin up in a guest, which then waits for calls. */
  async open(unit: PluginUnit): Promise<OpenedElsewhere> {
    const { load, activate, isChecked } = await this.#warm(unit);
    return {
      timings: { load, activate },
      instance: {
        onDeactivate: () => this.#pool.retire(unit),
        ...(isChecked ? { checkHealth: () => this.#health(unit) } : {}),
      },
    };
  }

  /** A service of a plugin that is up. */
  service(unit: PluginUnit, id: string): Promise<object> {
    return Promise.resolve(remoteService(id, (method, args) => this.#serve(unit, id, method, args)));
  }

  async execute(call: CommandCall): Promise<unknown> {
    const { unit, chain, context } = call;
    if (chain.length > MOST_NESTED) throw catalogued('CALLS_TOO_DEEP', { command: context.command, most: MOST_NESTED });
    // Where it may do less than its plugin, that may fail to come up, and is not to be broken for others.
    if (call.within === undefined) this.#wanted.set(unit, call);
    this.#guestsFor(call).prepare();
    try {
      await unlessAborted(context.signal, this.#host.lifecycle.activate(unit));
    } finally {
      // Whoever came after it may still wait.
      if (this.#wanted.get(unit) === call) this.#wanted.delete(unit);
    }
    const guests = this.#guestsFor(call);
    const end = await this.#queue.turn({ plugin: unit.name, priority: call.priority, signal: context.signal, depth: chain.length });
    try {
      const kind = await guests.kindFor(unit, call);
      if (kind.confinement !== undefined) call.confine(kind.confinement);
      let turn: (() => void) | undefined = call.onTurn;
      const timed = { ...call, onTurn: () => { turn?.(); turn = undefined; } };
      return await this.#pool.use(kind, (session) => session.execute(timed, requestFor(call, kind.env)));
    } catch (error) {
      throw guests.meant(error, unit, call);
    } finally {
      end();
    }
  }

  /**
   * Has at least so many guests of a plugin that is up wait for its commands.
   * @throws why one does not come up.
   */
  async keepReady(unit: PluginUnit, count: number): Promise<void> {
    await this.#pool.keepReady(await this.#guestsOf(unit).kindFor(unit, undefined), count);
  }

  dispose(): Promise<void> {
    return this.#pool.dispose();
  }

  async #serve(unit: PluginUnit, id: string, method: string, args: readonly unknown[]): Promise<unknown> {
    const guests = this.#guestsOf(unit);
    try {
      const { wallTime } = this.#host.policy().limitsFor(unit.name);
      return await this.#pool.serve(await guests.kindFor(unit, undefined), (session) => session.service(id, method, args, wallTime));
    } catch (error) {
      throw guests.meant(error, unit, undefined);
    }
  }

  async #warm(unit: PluginUnit): Promise<OpenAnswer> {
    const guests = this.#guestsOf(unit);
    const call = this.#wanted.get(unit);
    try {
      return await this.#pool.warm(await guests.kindFor(unit, call));
    } catch (error) {
      throw guests.meant(error, unit, call);
    }
  }

  #guestsFor(call: CommandCall): Guests {
    return this.#guestsIn(placementOfCall(call, this.#host.lifecycle));
  }

  #guestsOf({ placement }: PluginUnit): Guests {
    return this.#guestsIn(placement);
  }

  #guestsIn(placement: ExecutorKind): Guests {
    return placement === 'process' ? this.#host.processes : this.#host.workers;
  }

  async #openGuest(kind: GuestKind): Promise<OpenGuest> {
    const start = await kind.starter();
    try {
      return await this.#opened(kind, start);
    } catch (error) {
      if ((await kind.isOutdated?.(start)) !== true) throw error;
      return this.#opened(kind, await kind.starter());
    }
  }

  async #opened(kind: GuestKind, start: StartGuest): Promise<OpenGuest> {
    const host = this.#host;
    const { limits, injector, logger } = host;
    const { unit } = kind;
    const lookup = await injector.serviceLookup(unit);
    const session = new GuestSession(start, {
      plugin: unit.name, logger: logger.child({ plugin: unit.name }), grace: GRACE, limits: kind.limits, write: kind.confinement?.write, chain: kind.chain,
      broker: host.brokerFor(unit, kind.confinement),
      warn: (error, level) => { host.warn(error, level); },
      services: (id) => lookup<object>(coreService(id)),
    });
    try {
      const answer = await session.open({
        version: PROTOCOL_VERSION, plugin: unit.name, plugins: guestPlugins(unit, (each) => host.settingsOf(each)), limits, logLevel: logLevelOf(logger), services: [...GRANTED_SERVICES],
        ...(kind.limits.message === undefined ? {} : { mostBytes: kind.limits.message }),
      }, limits.load + limits.activate + START);
      // Told among what the plugin owns, for as long as it is there.
      void session.ended.then(unit.owned.add(() => session.close(limits.deactivate), session.label));
      return { session, answer };
    } catch (error) {
      session.end();
      await session.ended;
      throw error;
    }
  }

  async #health(unit: PluginUnit): Promise<never> {
    if (!this.#pool.has(unit)) return { status: 'UNKNOWN', reason: 'None of its processes is up.' } as never;
    // Whoever asks checks what comes.
    return (await this.#pool.share(await this.#guestsOf(unit).kindFor(unit, undefined), (session) => session.health())) as never;
  }
}

/** A guest has the services of other plugins in itself: those of this host are not for it. */
function coreService(id: string): ServiceToken<object> {
  if (!GRANTED_SERVICES.has(id)) throw new ProtocolViolation('a request for what is no service of the host');
  return defineService(id);
}

function requestFor({ command, input, context, render, collect }: CommandCall, env: GuestKind['env'] = context.env): Omit<ExecuteRequest, 'call' | 'logLevel'> {
  const { isAvailable, isTerminal, columns, color, unicode } = context.output;
  return {
    command: command.path, path: context.command, input, executionId: context.executionId, cwd: context.cwd, dataFolder: context.dataFolder, env, canAsk: context.canAsk, render, collect,
    output: { isAvailable, isTerminal, columns, color, unicode },
  };
}
