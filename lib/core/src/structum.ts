import type {
  CommandClass, CommandInput, CommandName, CommandResult, Execution, InputOf, Registry, ResultOf, RunOptions, ServiceToken,
} from './contract/index.js';
import type { PluginInput, StructumOptions } from './options.js';

/** A host event and what its listeners get. */
export interface StructumEvents {
  'plugin:registered': { readonly plugin: string };
  'plugin:rejected': { readonly plugin: string; readonly error: Error };
  'plugin:loaded': { readonly plugin: string; /** Milliseconds. */ readonly duration: number };
  'plugin:activated': { readonly plugin: string; readonly duration: number };
  'plugin:failed': { readonly plugin: string; readonly error: Error };
  'plugin:deactivated': { readonly plugin: string };
  'plugin:unregistered': { readonly plugin: string };
  'command:started': { readonly command: string; readonly plugin: string; readonly execution: string };
  'command:finished': {
    readonly command: string;
    readonly plugin: string;
    readonly execution: string;
    readonly outcome: 'done' | 'failed' | 'cancelled';
    /** Milliseconds in the command itself. */
    readonly duration: number;
  };
  warning: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** Services of a host's plugins. */
export interface Services {
  /** The service, its plugin loaded and activated if need be. */
  get<Service>(token: ServiceToken<Service>): Promise<Service>;
}

export declare class Structum implements AsyncDisposable {
  static create(options?: StructumOptions): Promise<Structum>;
  readonly registry: Registry;
  readonly services: Services;
  /** Milliseconds that making the host took, and looking for plugins within it. */
  readonly timings: { readonly create: number; readonly discovery: number };
  run<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Promise<CommandResult<Name>>;
  run<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Promise<ResultOf<Type>>;
  run(command: string, input?: object, options?: RunOptions): Promise<unknown>;
  start<Name extends CommandName>(command: Name, input: CommandInput<Name>, options?: RunOptions): Execution<CommandResult<Name>>;
  start<Type extends CommandClass>(command: Type, input: InputOf<Type>, options?: RunOptions): Execution<ResultOf<Type>>;
  start(command: string, input?: object, options?: RunOptions): Execution;
  register(plugin: PluginInput): Promise<void>;
  unregister(name: string, options?: { readonly dependents?: boolean }): Promise<void>;
  on<Event extends keyof StructumEvents>(event: Event, listener: (payload: StructumEvents[Event]) => void): () => void;
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
