import { commandOptionsOf, type CommandClass, type CommandHandler } from '../contract/index.js';
import { catalogued, messageOf, thrownBy } from '../errors/index.js';
import { inputProblem } from '../manifest/check-value.js';
import { instantiate } from '../manifest/class-rules.js';
import { unlessAborted } from '../platform/index.js';
import { inNameOf } from '../plugins/askers.js';
import type { Injector } from '../plugins/injector.js';
import type { Lifecycle } from '../plugins/lifecycle.js';
import { locationOf } from '../plugins/location.js';
import { checkDepth } from './data-depth.js';
import type { CommandCall, Executor } from './executor.js';

/** Runs commands in this thread: for plugins that are trusted. */
export class InlineExecutor implements Executor {
  readonly #lifecycle: Lifecycle;
  readonly #injector: Injector;

  constructor(lifecycle: Lifecycle, injector: Injector) {
    this.#lifecycle = lifecycle;
    this.#injector = injector;
  }

  async execute(call: CommandCall): Promise<unknown> {
    const { unit, command, context } = call;
    // Others may wait for the plugin too: it goes on coming up when this caller does not want it any more.
    await unlessAborted(context.signal, this.#lifecycle.activate(unit));
    const type = await this.#lifecycle.commandType(unit, command);
    const input = await inputFor(call, type);
    context.signal.throwIfAborted();
    call.onTurn();
    return inNameOf(call.chain, () => this.#carryOut(call, type, input));
  }

  async #carryOut(call: CommandCall, type: CommandClass, input: object): Promise<unknown> {
    const { unit, context } = call;
    const { instance, end } = await this.#injector.constructForExecution<CommandHandler>(unit, type);
    try {
      call.onStart();
      const returned: unknown = await instance.execute(input as never, context);
      return isAsyncGenerator(returned) ? await stream(call, instance, returned) : await finish(call, instance, returned);
    } catch (error) {
      throw thrownBy({ plugin: unit.name, command: context.command }, error);
    } finally {
      for (const error of await end()) context.logger.error(`What the command made could not be ended: ${messageOf(error)}`, { error });
    }
  }
}

async function inputFor({ unit, command, input }: CommandCall, type: CommandClass): Promise<object> {
  const inputType = commandOptionsOf(type)?.input;
  if (inputType === undefined) return { ...input };
  const { instance, problems } = await instantiate(inputType, input, { subject: `the input of "${command.path}"`, location: locationOf(unit) });
  if (problems.length > 0) throw catalogued('INPUT_INVALID', { command: command.path, problems: problems.map(inputProblem) });
  return instance;
}

async function finish(call: CommandCall, handler: CommandHandler, returned: unknown): Promise<unknown> {
  const result = plain(returned, call.command.path);
  call.context.signal.throwIfAborted();
  if (call.render) await (handler.render === undefined ? call.show(result) : handler.render(result, call.context.output));
  return result;
}

async function stream(call: CommandCall, handler: CommandHandler, items: AsyncGenerator): Promise<unknown[] | undefined> {
  const collected: unknown[] = [];
  for await (const returned of items) {
    call.context.signal.throwIfAborted();
    const item = plain(returned, call.command.path);
    if (call.collect) collected.push(item);
    if (call.render) await (handler.renderItem === undefined ? call.show(item) : handler.renderItem(item as never, call.context.output));
    await call.onItem(item);
  }
  return call.collect ? collected : undefined;
}

/** A copy that holds nothing but data, as it would arrive from another process. */
function plain(value: unknown, command: string): unknown {
  try {
    const copy = structuredClone(value);
    checkDepth(copy);
    return copy;
  } catch (error) {
    throw catalogued('RESULT_NOT_CLONEABLE', { command, reason: messageOf(error) }, error);
  }
}

function isAsyncGenerator(value: unknown): value is AsyncGenerator {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}
