import type { LogRecord, ProgressUpdate } from '../contract/index.js';
import { catalogued, isCatalogued, messageOf } from '../errors/index.js';
import { joinedProgress, progressData } from '../execution/progress-data.js';
import { logRecordData } from './log-record.js';
import { Outbox } from './outbox.js';
import { cut, type Chunk } from './chunk.js';

/** What happens in a call, as its host is told. */
export type News =
  | { readonly started: true }
  | { readonly write: Chunk }
  | { readonly item: unknown }
  | { readonly show: unknown }
  | { readonly log: ReturnType<typeof logRecordData> }
  | { readonly progress: ProgressUpdate }
  | { readonly exitCode: number };

/** In characters or bytes of output: so much waits before whoever writes more is asked to wait. */
const ROOM = 256 * 1024;

/** What a report of progress counts as: as many wait as do for a reader in the host. */
const REPORT = ROOM / 1024;

/** What everything else counts as. */
const OTHER = ROOM / 64;

/** Tells a host what happens in a call, in the order in which it happens. */
export class CallNews {
  readonly #outbox: Outbox<News>;
  readonly #send: (news: readonly News[]) => Promise<unknown>;

  /** @param send - Resolves when the host has seen to all of it. */
  constructor(command: string, send: (news: readonly News[]) => Promise<unknown>) {
    this.#send = send;
    this.#outbox = new Outbox({ room: ROOM, sizeOf, joined, send: (news) => sendInParts(command, news, send) });
  }

  /**
   * It has left before the command does anything, which must not be done twice. Nobody waits for it: the host sees to what
   * comes in the order in which it comes.
   */
  started(): void {
    this.#send([{ started: true }]).catch(() => undefined);
  }

  /** Gives a promise where the host is slow. */
  write(chunk: Chunk): undefined | Promise<void> {
    return this.#tell({ write: chunk });
  }

  item(item: unknown): undefined | Promise<void> {
    return this.#tell({ item });
  }

  show(data: unknown): undefined | Promise<void> {
    return this.#tell({ show: data });
  }

  log(record: LogRecord): void {
    void this.#tell({ log: logRecordData(record) });
  }

  progress(update: ProgressUpdate): void {
    void this.#tell({ progress: progressData(update) });
  }

  exitCode(code: number): void {
    void this.#tell({ exitCode: code });
  }

  /** Resolves when the host has seen to all of it; rejects with why it could not. */
  flush(): Promise<void> {
    return this.#outbox.flush();
  }

  #tell(news: News): undefined | Promise<void> {
    const waiting = this.#outbox.add(news);
    // What went wrong is told at the end, too.
    waiting?.catch(() => undefined);
    return waiting;
  }
}

/** What is too much for one message goes in several; an item, or a line, does not come in parts. */
async function sendInParts(command: string, news: readonly News[], send: (news: readonly News[]) => Promise<unknown>): Promise<void> {
  try {
    await send(news);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'DataCloneError') throw catalogued('RESULT_NOT_CLONEABLE', { command, reason: messageOf(error) }, error);
    const parts = isCatalogued(error) && error.code === 'MESSAGE_TOO_LARGE' ? halves(news) : [];
    if (parts.length === 0) throw error;
    for (const part of parts) await sendInParts(command, part, send);
  }
}

/** None of what cannot be divided. */
function halves(news: readonly News[]): readonly (readonly News[])[] {
  if (news.length > 1) {
    const middle = Math.ceil(news.length / 2);
    return [news.slice(0, middle), news.slice(middle)];
  }
  const [only] = news;
  if (only === undefined || !('write' in only) || only.write.length < 2) return [];
  return cut(only.write, Math.ceil(only.write.length / 2)).map((write) => [{ write }]);
}

function sizeOf(news: News): number {
  if ('write' in news) return news.write.length;
  return 'progress' in news ? REPORT : OTHER;
}

/** Texts are written together; reports of progress are joined where the host does not keep up with them. */
function joined(last: News, next: News, isFull: boolean): News | undefined {
  if ('progress' in last && 'progress' in next) return isFull ? { progress: joinedProgress(last.progress, next.progress) } : undefined;
  if (!('write' in last && 'write' in next) || typeof last.write !== 'string' || typeof next.write !== 'string') return undefined;
  return last.write.length + next.write.length > ROOM ? undefined : { write: last.write + next.write };
}
