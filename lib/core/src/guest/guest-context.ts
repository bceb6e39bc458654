import type { CommandContext, CommandRunner, Question, TextQuestion } from '../contract/index.js';
import { catalogued, messageOf } from '../errors/index.js';
import { commandPathOf } from '../execution/command-path.js';
import { checkedExitCode } from '../execution/exit-code.js';
import type { ExecuteRequest } from '../execution/remote/protocol.js';
import { createLogger } from '../monitoring/index.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import { CallNews } from './call-news.js';
import { GuestFiles } from './guest-files.js';
import { guestBroker } from './guest-broker.js';
import { GuestOutput } from './guest-output.js';
import type { HostLink } from './host-link.js';

/** What a call has of its host. */
export interface GuestCall {
  readonly context: CommandContext;
  /** Tells the host what happens. */
  readonly news: CallNews;
  readonly files: GuestFiles;
}

/** The context of a call that is carried out here, and answered by the host. */
export function guestCall(link: HostLink, unit: PluginUnit, request: ExecuteRequest, signal: AbortSignal): GuestCall {
  const { call, path, executionId, cwd, dataFolder, env, canAsk, logLevel } = request;
  const news = new CallNews(path, (list) => link.tell({ call, news: list }));
  const ask = async (method: string, data: object): Promise<unknown> => {
    // Whoever answers has seen what came before; what became of it is told at the end.
    await news.flush().catch(() => undefined);
    return link.request(method, { call, ...data });
  };
  const files = new GuestFiles(cwd, { ask: (method, data) => link.request(method, { call, ...data }), send: (method, data) => link.send(method, { call, ...data }), longestPiece: link.longestPiece });
  const context: CommandContext = {
    command: path,
    plugin: { name: unit.name, version: unit.manifest.version },
    executionId,
    signal,
    logger: createLogger({ level: logLevel, write: (record) => { news.log(record); } }),
    config: unit.config,
    progress: { report: (update) => { news.progress(update); } },
    output: new GuestOutput(request, (chunk) => news.write(chunk)),
    cwd,
    dataFolder,
    env: Object.freeze({ ...env }),
    confirm: async (question) => (await ask('confirm', { question: confirmation(question) })) as boolean,
    canAsk,
    ask: async (question) => (await ask('ask', { question: textQuestion(question) })) as string,
    run: (async (command: Parameters<CommandRunner['run']>[0], input: object = {}) => {
      const name = commandPathOf(command);
      return ask('run', { command: name, input: copyOf(name, input) });
    }),
    ...guestBroker(ask),
    replaceFile: (name, options) => files.replaceFile(name, options),
    setExitCode: (code) => { news.exitCode(checkedExitCode(path, code)); },
  };
  return { context, news, files };
}

/** As it is when the command is asked for. */
function copyOf(command: string, input: object): object {
  try {
    return structuredClone(input);
  } catch (error) {
    throw catalogued('INPUT_NOT_CLONEABLE', { command, reason: messageOf(error) }, error);
  }
}

/** Plain JavaScript may ask with anything. */
function confirmation(asked: string | Question): Question {
  const { message, default: preset } = typeof asked === 'string' ? { message: asked } : asked;
  return { message: messageOf(message), ...(typeof preset === 'boolean' ? { default: preset } : {}) };
}

function textQuestion(asked: string | TextQuestion): TextQuestion {
  const { message, default: preset, choices } = typeof asked === 'string' ? { message: asked } : asked;
  return {
    message: messageOf(message),
    ...(typeof preset === 'string' ? { default: preset } : {}),
    ...(Array.isArray(choices) ? { choices: choices.map(messageOf) } : {}),
  };
}
