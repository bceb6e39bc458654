import type { CommandContext, CommandManifest, ResolvedPermissions } from '../contract/index.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import type { CallConfinement } from './command-context.js';

/** What those who run a command may do themselves, where they are confined: it may do no more for them. */
export interface CallerBounds {
  readonly permissions: ResolvedPermissions;
  /** What any of them may write, where it could have links in the place of what is there. */
  readonly writable: readonly string[];
  /** Their names, outermost first. */
  readonly plugins: readonly string[];
}

/** One call of one command, ready to be carried out: found, checked, allowed. */
export interface CommandCall {
  readonly unit: PluginUnit;
  /** In whose name it runs: the plugins whose commands led to it, outermost first, and its own. */
  readonly chain: readonly PluginUnit[];
  /** What those in whose name it runs may do; absent where none of them is confined. */
  readonly within?: CallerBounds | undefined;
  readonly command: CommandManifest;
  /** The completed input: plain data. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What of it the caller said: plain data. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly context: CommandContext;
  /** Whether the result, or each item, is to be rendered to the context's output. */
  readonly render: boolean;
  /** Whether the items of a stream are to be kept for the result. */
  readonly collect: boolean;
  /** Writes what a command gave that does not render it itself. */
  readonly show: (data: unknown) => void | Promise<void>;
  /** Gets each item of a stream; the command waits for it. */
  readonly onItem: (item: unknown) => Promise<void>;
  /** Says what the command's plugin is confined to, where it is. */
  readonly confine: (confinement: CallConfinement) => void;
  /** Which comes first where several wait for their turn: the higher; 0 is usual. */
  readonly priority: number;
  /** Called when its time begins to count: its plugin is there, and it is its turn. */
  readonly onTurn: () => void;
  /** Called when the plugin is there and its command begins. */
  readonly onStart: () => void;
}

/** Carries out calls of commands: in this thread, or anywhere else. A command cannot tell which executor runs it. */
export interface Executor {
  /** The command's result as plain data. Rejects with what the command throws. */
  execute(call: CommandCall): Promise<unknown>;
}
