import type { CommandContext, CommandRunner, ExecResult, LogRecord, ProgressUpdate, Question, ResponseData, TextQuestion } from '../contract/index.js';
import { responseOf } from '../execution/broker/response.js';
import { commandPathOf } from '../execution/command-path.js';
import { checkedExitCode } from '../execution/exit-code.js';
import type { ExecuteRequest } from '../execution/remote/protocol.js';
import { createLogger } from '../monitoring/index.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import { GuestOutput } from './guest-output.js';
import type { HostLink } from './host-link.js';
import { logRecordData } from './log-record.js';
import { Outbox } from './outbox.js';

/** What a call has of its host, and a way to have all of it arrive. */
export interface GuestCall {
  readonly context: CommandContext;
  readonly onStart: () => void;
  readonly onItem: (item: unknown) => Promise<void>;
  readonly show: (data: unknown) => Promise<void>;
  /** Resolves when the host has all that was told it. */
  settle(): Promise<void>;
}

/** What a call tells its host while it runs. */
type News = { readonly record: LogRecord } | { readonly progress: ProgressUpdate };

/** How many lines, and how many items, wait at most. */
const ROOM = 64;

/** The context of a call that is carried out here, and answered by the host. */
export function guestCall(link: HostLink, unit: PluginUnit, request: ExecuteRequest, signal: AbortSignal): GuestCall {
  const { call, path, executionId, cwd, dataFolder, env, canAsk, logLevel } = request;
  const ask = (method: string, data: object): Promise<unknown> => link.request(method, { call, ...data });
  const output = new GuestOutput(request, (chunks) => ask('write', { chunks }));
  const items = new Outbox<unknown>({ room: ROOM, sizeOf: () => 1, send: (batch) => ask('items', { items: batch }) });
  const news = new Outbox<News>({ room: ROOM, sizeOf: () => 1, send: (batch) => ask('tell', told(batch)) });
  const tell = (told: News): void => void news.add(told)?.catch(() => undefined);
  const others: Promise<unknown>[] = [];
  const context: CommandContext = {
    command: path,
    plugin: { name: unit.name, version: unit.manifest.version },
    executionId,
    signal,
    logger: createLogger({ level: logLevel, write: (record) => { tell({ record }); } }),
    config: unit.config,
    progress: { report: (progress) => { tell({ progress }); } },
    output,
    cwd,
    dataFolder,
    env,
    confirm: async (question) => (await ask('confirm', { question: asQuestion(question) })) as boolean,
    canAsk,
    ask: async (question) => (await ask('ask', { question: asQuestion(question) })) as string,
    run: (async (command: Parameters<CommandRunner['run']>[0], input: object = {}) => ask('run', { command: commandPathOf(command), input })),
    fetch: async (url, options) => responseOf((await ask('fetch', { url: String(url), options })) as ResponseData),
    exec: async (program, args = [], options?) => (await ask('exec', { program, args, options })) as ExecResult,
    setExitCode: (code) => { others.push(ask('exitCode', { code: checkedExitCode(path, code) })); },
  };
  return {
    context,
    onStart: () => { others.push(ask('started', {})); },
    onItem: async (item) => { await items.add(item); },
    show: async (data) => { await ask('show', { data }); },
    settle: async () => {
      await Promise.all([output.flush(), items.flush(), news.flush(), ...others]);
    },
  };
}

/** Of several reports of progress, only the last one says how far it is. */
function told(batch: readonly News[]): object {
  const records = batch.flatMap((each) => ('record' in each ? [logRecordData(each.record)] : []));
  const progress = batch.filter((each) => 'progress' in each).at(-1);
  return { records, ...(progress === undefined ? {} : { progress: progress.progress }) };
}

function asQuestion<Asked extends Question | TextQuestion>(question: string | Asked): Asked | { readonly message: string } {
  return typeof question === 'string' ? { message: question } : question;
}
