import type { Permissions } from './plugin.js';

/** How far plugins are contained: see {@link SecurityPolicy.mode}. */
export type SandboxMode = 'off' | 'standard' | 'strict';

/** How far plugins are contained, the loosest first. */
export const SANDBOX_MODES: readonly SandboxMode[] = ['off', 'standard', 'strict'];

/** Where commands run: in the host's own thread, in a thread of their own, or in a process. */
export type ExecutorKind = 'inline' | 'worker' | 'process';

/** Where commands run, the loosest first. */
export const EXECUTOR_KINDS: readonly ExecutorKind[] = ['inline', 'worker', 'process'];

/** What a command may use up; what is left out is not limited. Times are in milliseconds, sizes in bytes. */
export interface ExecutionLimits {
  /** From its start to its end. */
  readonly wallTime?: number;
  /** Of all its threads together. */
  readonly cpuTime?: number;
  /** Heap, buffers, WebAssembly and shared memory together. */
  readonly memory?: number;
  /** What it writes to its output, and has the host write to files. */
  readonly output?: number;
  /** One message to or from it: its input, its result, an item. */
  readonly message?: number;
  readonly openFiles?: number;
  /** Programs that the host runs for it at once; and each of them, with all that it started. */
  readonly processes?: number;
}

/** What counts for a command. */
export interface EffectiveLimits extends ExecutionLimits {
  /** Where those limits are set, as keys of a configuration, that are set for the command itself; absent where none is. */
  readonly keys?: Readonly<Partial<Record<keyof ExecutionLimits, string>>>;
}

/** How many calls in processes and threads of their own run at once, and wait. */
export interface ConcurrencyLimits {
  /** In all. */
  readonly global: number;
  /** Of one plugin. */
  readonly perPlugin: number;
  /** How many wait for their turn at most. */
  readonly queue: number;
}

/** What is decided about the containment of plugins: the section `security` of a configuration, as it is in force. */
export interface SecurityPolicy {
  /**
   * `off`: plugins run as they ask for; `standard`: what is not of the host runs isolated, by every means that there is;
   * `strict`: all plugins run in a sandbox, and do not run where the system cannot enforce it.
   */
  readonly mode: SandboxMode;
  /** Whether runs of plugins that are not of the host are recorded. */
  readonly audit: boolean;
  readonly concurrency: ConcurrencyLimits;
  /** What counts for a command, by the path in its manifest; without one, for the plugin. */
  limitsFor(plugin: string, command?: string): EffectiveLimits;
  /** What the plugin's permissions are narrowed to; what is left out stays as its manifest has it. */
  permissionsFor(plugin: string): Permissions;
  /** Where the host wants a plugin to run at least; `undefined` where it does not say. */
  executorOf(plugin: string): ExecutorKind | undefined;
}

/** What a plugin may do, as it is enforced: see {@link Permissions}. */
export interface ResolvedPermissions {
  /** Absolute paths, with all links resolved, of files and of folders with all that is in them. */
  readonly read: readonly string[];
  /** The same; also of what is not there yet. */
  readonly write: readonly string[];
  readonly net: readonly string[];
  readonly env: readonly string[];
  readonly run: readonly string[];
  readonly services: readonly string[];
}

/** Whether one of an ordered list comes after another, the first one where that is `undefined`. */
export function isStricter<Kind>(order: readonly Kind[], one: Kind, other: Kind | undefined): boolean {
  return order.indexOf(one) > (other === undefined ? 0 : order.indexOf(other));
}

/** The strictest executor of those that are asked for; `inline` where none is. */
export function strictestExecutor(asked: readonly (ExecutorKind | undefined)[]): ExecutorKind {
  return EXECUTOR_KINDS.findLast((kind) => asked.includes(kind)) ?? 'inline';
}
