import { lookup } from 'node:dns/promises';
import type { Broker, BrokeredResponse, EffectiveLimits, ExecOptions, ExecResult, FetchOptions, ResolvedPermissions } from '../../contract/index.js';
import { isCatalogued, type StructumError } from '../../errors/index.js';
import type { UsageLimits } from '../../platform/usage-watch.js';
import { exec } from './exec.js';
import { Fetch } from './fetch.js';
import { checkExec, checkFetch } from './options.js';
import { responseOf } from './response.js';
import type { Turns } from './turns.js';

/** For whom a broker works, and what that may do. */
export interface BrokerHost {
  readonly plugin: string;
  readonly permissions: Pick<ResolvedPermissions, 'net' | 'run' | 'env'>;
  /** The same as its manifest has it, before it is narrowed. */
  readonly asked: Pick<ResolvedPermissions, 'net' | 'run' | 'env'>;
  /** The variables that the host hands on; the plugin's permission `env` says which of them programs see. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where programs run. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** The addresses of a name. */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  readonly confine: Confine;
  /** What it has under way, together with all other brokers of the plugin. */
  readonly turns: PluginTurns;
  /** What a program may have with all that it starts; `processes` is how many programs may run at once, too. */
  readonly limits: UsageLimits;
  /** Where those of its limits are set that are set for the command that it works for. */
  readonly limitKeys?: EffectiveLimits['keys'] | undefined;
  /** Is told of what the plugin wanted and may not. */
  readonly onDenied: (error: StructumError) => void;
}

/** Who of one plugin waits for a program, or an answer. */
export interface PluginTurns {
  readonly programs: Turns;
  readonly fetches: Turns;
  /** Of names; one that nobody waits for any more counts until it is over. */
  readonly lookups: Turns;
}

/** How many of a plugin are under way at once at most. */
const AT_ONCE = { programs: 16, fetches: 64 };

/** What a program is, or what is started in its place to confine it. */
export interface Confined {
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** How many processes confine it, beside its own; none when left out. */
  readonly confiners?: number;
  /** Descriptors that it gets, see `withHanded()`. */
  readonly stdio: readonly number[];
  /** Called when it has ended, or could not be started: closes the descriptors too. */
  release(): void;
  /** How it ended itself, where something else was started in its place. */
  endOf?(code: number | null, signal: NodeJS.Signals | null): { readonly code: number | null; readonly signal: NodeJS.Signals | null };
}

/** Puts a program into what its plugin is confined to. */
export type Confine = (program: string, args: readonly string[], surroundings: { readonly env: Readonly<Record<string, string>>; readonly cwd: string }) => Promise<Confined>;

/** The addresses of a name, as this system knows them. */
export async function systemNames(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

/** Confines nothing: for plugins that may do as they like themselves. */
export const asItIs: Confine = (program, args, { env }) => Promise.resolve({ program, args, env, stdio: [], release: () => undefined });

/** Does for one plugin what its permissions say, and nothing else. */
export class HostBroker implements Broker {
  readonly #host: BrokerHost;

  constructor(host: BrokerHost) {
    this.#host = host;
  }

  fetch(url: string | URL, options: FetchOptions = {}): Promise<BrokeredResponse> {
    const { turns, signal } = this.#host;
    return this.#told(async () => {
      checkFetch(options);
      return responseOf(await turns.fetches.take(AT_ONCE.fetches, signal, () => new Fetch(this.#host, options).response(url)));
    });
  }

  exec(program: string, args: readonly string[] = [], options: ExecOptions = {}): Promise<ExecResult> {
    const { turns, signal, limits: { processes = Infinity } } = this.#host;
    return this.#told(() => {
      checkExec(program, args, options);
      return turns.programs.take(Math.min(AT_ONCE.programs, processes), signal, () => exec(this.#host, program, args, options));
    });
  }

  async #told<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#host.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (isCatalogued(error) && error.code === 'PERMISSION_DENIED') this.#host.onDenied(error);
      throw error;
    }
  }
}
