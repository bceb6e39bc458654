import type { Sent } from '../execution/remote/peer.js';
import { PROTOCOL_VERSION, type CancelNotice, type ExecuteRequest, type OpenAnswer, type OpenRequest } from '../execution/remote/protocol.js';
import { serviceAnswer, unsendableService, type ServiceRequest } from '../execution/remote/service-request.js';
import { catalogued, messageOf } from '../errors/index.js';
import { errorFrom } from '../execution/wire/error-data.js';
import { drained } from './drained.js';
import { GuestHost } from './guest-host.js';
import { HostLink, type HostChannel } from './host-link.js';
import { memoryInUse } from './memory-in-use.js';

/** Answers a host for as long as that is there; then the program ends. */
export function serveHost(channel: HostChannel): void {
  const guest = new Guest(channel);
  // Whatever it is at: nobody is there for whom it could be done.
  guest.link.listen(() => process.exit());
  process.on('uncaughtException', (error) => {
    guest.link.notify('crashed', error);
    process.exit(1);
  });
}

class Guest {
  readonly link: HostLink;
  readonly #calls = new Map<string, AbortController>();
  #host: GuestHost | undefined;

  constructor(channel: HostChannel) {
    this.link = new HostLink(channel, {
      open: (data) => this.#open(data as OpenRequest),
      execute: (data) => this.#execute(data as ExecuteRequest),
      cancel: (data) => { this.#cancel(data as CancelNotice); },
      health: () => this.#opened.health(),
      service: (data) => this.#service(data as ServiceRequest),
      close: async () => {
        await this.#host?.close();
        await written();
      },
    }, unsendable);
  }

  get #opened(): GuestHost {
    if (this.#host === undefined) throw new Error('It is not open yet.');
    return this.#host;
  }

  async #open(request: OpenRequest): Promise<OpenAnswer & { readonly version: number }> {
    // The host ends a guest of another version: it must not take the plugin up before.
    if (request.version !== PROTOCOL_VERSION) return { version: PROTOCOL_VERSION, load: 0, activate: 0, isChecked: false };
    if (request.mostBytes !== undefined) this.link.limit(request.mostBytes);
    this.#host = new GuestHost(this.link, request, (error, level = 'warn') => { this.link.notify('warn', error, { level }); });
    return { version: PROTOCOL_VERSION, ...(await this.#host.open()) };
  }

  async #execute(request: ExecuteRequest): Promise<unknown> {
    const controller = new AbortController();
    this.#calls.set(request.call, controller);
    try {
      return { result: await this.#opened.execute(request, controller.signal), memory: memoryInUse() };
    } catch (error) {
      // A failure by itself does not say it, and comes behind this.
      this.link.send('memory', memoryInUse()).catch(() => undefined);
      throw error;
    } finally {
      this.#calls.delete(request.call);
      await written();
    }
  }

  async #service(request: ServiceRequest): Promise<unknown> {
    const { service, member, args = [] } = request;
    return serviceAnswer(await this.#opened.service(service, member, args), request);
  }

  #cancel({ call, error }: CancelNotice): void {
    this.#calls.get(call)?.abort(errorFrom(error));
  }
}

/** What plugins wrote past their host leaves before an answer does: whoever gets that may end this guest. */
async function written(): Promise<void> {
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
}

/** What is data, but none that can travel. */
function unsendable(error: unknown, { kind, method, data }: Sent): unknown {
  if (method === 'service') return unsendableService(error, kind, data as ServiceRequest);
  const isNoData = method === 'execute' && error instanceof DOMException && error.name === 'DataCloneError';
  return isNoData ? catalogued('RESULT_NOT_CLONEABLE', { command: (data as ExecuteRequest).path, reason: messageOf(error) }, error) : error;
}
