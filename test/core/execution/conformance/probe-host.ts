import { Structum, StructumError, type Execution, type ExecutionEvent, type LogRecord, type OutputTarget, type RunOptions, type StartOptions, type StructumOptions } from '@structum/core';
import { createLogger } from '#internal/core/monitoring/index.js';
import { errorFacts, logFacts, type ErrorFacts } from './facts.js';
import type { PlacedExecutor } from './executors.js';
import { packagesFolder } from './packages.js';

/** Everything that somebody outside sees of a call. */
export interface Observed {
  readonly result?: unknown;
  readonly error?: ErrorFacts;
  readonly exitCode: number;
  readonly text: string;
  readonly events: readonly unknown[];
  readonly logs: readonly unknown[];
}

/** How a call is made. */
export interface ObserveOptions extends StartOptions {
  readonly input?: object;
  /** Called with each event. */
  readonly onEvent?: (event: ExecutionEvent, execution: Execution) => unknown;
}

/** A host of the probe, and what it logs. */
export class ProbeHost implements AsyncDisposable {
  readonly structum: Structum;
  /** The folder that commands work in. */
  readonly cwd: string;
  readonly logs: LogRecord[];

  private constructor(structum: Structum, cwd: string, logs: LogRecord[]) {
    this.structum = structum;
    this.cwd = cwd;
    this.logs = logs;
  }

  /** @param options.settings - Those of the probe. */
  static async create({ config }: PlacedExecutor, options: Partial<StructumOptions> & { readonly settings?: object } = {}): Promise<ProbeHost> {
    const { settings = { word: 'told', list: ['a'], long_name: 5, token: 'hush-hush-token' }, ...more } = options;
    const folder = await packagesFolder();
    const logs: LogRecord[] = [];
    const structum = await Structum.create({
      from: `${folder}/host.js`, cwd: folder, env: { SEEN: 'seen', SEEN_TOO: 'too', HIDDEN: 'hidden' },
      plugins: ['helper', 'neighbour', 'probe'],
      logger: createLogger({ level: 'debug', write: (record) => { logs.push(record); } }),
      ...more,
      config: { ...config, plugins: { probe: settings, neighbour: { word: 'next door' } } },
    });
    return new ProbeHost(structum, folder, logs);
  }

  run(command: string, input: object = {}, options?: RunOptions): Promise<unknown> {
    return this.structum.run<string>(command as never, input as never, options);
  }

  /** What becomes of a call. */
  async observe(command: string, { input = {}, onEvent, ...options }: ObserveOptions = {}): Promise<Observed> {
    const begin = this.logs.length;
    const execution = this.structum.start<string>(command as never, input as never, options);
    const events: unknown[] = [];
    for await (const event of execution) {
      events.push(event.type === 'log' ? { type: 'log', ...logFacts(event.record) } : event);
      await onEvent?.(event, execution);
    }
    const outcome = await outcomeOf(execution.result);
    return { ...outcome, exitCode: execution.exitCode, text: options.output instanceof Text ? options.output.text : '', events, logs: this.logs.slice(begin).filter(({ message }) => message !== COMES_UP).map(logFacts) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.structum.dispose();
  }
}

/** What the probe logs whenever it comes up: elsewhere it may do so several times. */
const COMES_UP = 'comes up';

/** What a promise comes to, as data. */
export async function outcomeOf(promise: Promise<unknown>): Promise<{ readonly result: unknown } | { readonly error: ErrorFacts }> {
  try {
    return { result: await promise };
  } catch (error) {
    return { error: errorFacts(error) };
  }
}

/** Whether the operating system cannot confine processes here: whoever asks for that is refused. */
export async function isRefused(executor: PlacedExecutor): Promise<boolean> {
  await using host = await ProbeHost.create(executor);
  try {
    await host.run('probe result', { kind: 'nothing' });
    return false;
  } catch (error) {
    if (StructumError.is(error) && (error.cause as { code?: string } | undefined)?.code === 'SANDBOX_UNAVAILABLE') return true;
    if (StructumError.is(error) && error.code === 'SANDBOX_UNAVAILABLE') return true;
    throw error;
  }
}

/** An output that keeps what is written. */
export class Text implements OutputTarget {
  readonly isTerminal: boolean = true;
  readonly columns: number = 60;
  readonly color: boolean = true;
  readonly unicode: boolean = false;
  readonly #chunks: Buffer[] = [];

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get text(): string {
    return this.bytes.toString();
  }

  write(chunk: string | Uint8Array): void | Promise<void> {
    this.#chunks.push(Buffer.from(chunk as string));
  }
}
