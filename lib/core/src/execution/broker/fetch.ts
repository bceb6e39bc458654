import type { FetchOptions, ResponseData } from '../../contract/index.js';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { unlessAborted } from '../../platform/index.js';
import { addressOf, type Address } from './addresses.js';
import type { BrokerHost } from './broker.js';
import { NetGrants, type Server } from './net-grants.js';
import { redirected } from './redirect.js';
import { send, type Request } from './request.js';
import { timeLimit, type TimeLimit } from './time-limit.js';
import { TooLarge } from './too-large.js';

const TIMEOUT = { usual: 30_000, most: 600_000 };

/** How many names of a plugin are looked up at once: no system can be told to stop that, and few of its threads do it. */
const LOOKUPS_AT_ONCE = 2;

/** Bytes of a body. */
const MOST_BYTES = 16 * 1024 * 1024;

const MOST_REDIRECTS = 5;

/** Asks a server for a plugin, and those that it is sent to. */
export class Fetch {
  readonly #host: BrokerHost;
  readonly #grants: NetGrants;
  readonly #options: FetchOptions;
  readonly #maxBytes: number;
  readonly #time: TimeLimit;

  constructor(host: BrokerHost, options: FetchOptions) {
    this.#host = host;
    this.#grants = new NetGrants(host.permissions.net);
    this.#options = options;
    this.#maxBytes = Math.min(options.maxBytes ?? MOST_BYTES, MOST_BYTES);
    this.#time = timeLimit(host.signal, Math.min(options.timeout ?? TIMEOUT.usual, TIMEOUT.most));
  }

  async response(address: string | URL): Promise<ResponseData> {
    const { method = 'GET', headers = {}, body } = this.#options;
    let request: Request = { url: this.#parsed(address), method: method.toUpperCase(), headers, body };
    try {
      for (let redirects = 0; ; redirects += 1) {
        const response = await this.#send(request);
        const next = this.#options.redirect === 'manual' ? undefined : redirected(request, response);
        if (next === undefined) return response;
        if (this.#options.redirect === 'error') throw new Error('the answer is another address');
        if (redirects >= MOST_REDIRECTS) throw new Error(`it leads from one address to the next, more than ${String(MOST_REDIRECTS)} times`);
        request = next;
      }
    } catch (error) {
      throw this.#failureOf(error, request.url);
    } finally {
      this.#time.end();
    }
  }

  async #send(request: Request): Promise<ResponseData> {
    const problem = requestProblem(request);
    if (problem !== undefined) throw new Error(problem);
    const addresses = await this.#addresses(request.url);
    return send(request, { addresses, maxBytes: this.#maxBytes, signal: this.#time.signal });
  }

  /** Where a server is, each address of which is one that the plugin may ask. */
  async #addresses(url: URL): Promise<readonly Address[]> {
    const server = serverOf(url);
    if (!this.#grants.allows(server)) throw this.#denied(server);
    const literal = addressOf(server.host);
    const found = literal === undefined ? (await this.#lookedUp(server.host)).flatMap((text) => addressOf(text) ?? []) : [literal];
    if (found.length === 0) throw new Error('nobody knows where it is');
    for (const address of found) {
      if (this.#grants.allowsAddress(server, address)) continue;
      throw this.#denied({ host: address.text, port: server.port }, `${literal === undefined ? `${server.host} is there, which` : 'it'} is no public address`);
    }
    return found;
  }

  #lookedUp(name: string): Promise<readonly string[]> {
    const { signal } = this.#time;
    return unlessAborted(signal, this.#host.turns.lookups.take(LOOKUPS_AT_ONCE, signal, () => this.#host.resolve(name)));
  }

  #denied({ host, port }: Server, reason?: string): StructumError {
    const wanted = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
    return catalogued('PERMISSION_DENIED', { plugin: this.#host.plugin, permission: 'net', wanted, ...(reason === undefined ? {} : { reason }), ...(this.#isTakenAway({ host, port }) ? { remedy: 'configuration' } : {}) });
  }

  /** What its manifest asks for allows no address that is not public, either, unless it names that. */
  #isTakenAway(server: Server): boolean {
    const asked = new NetGrants(this.#host.asked.net);
    const literal = addressOf(server.host);
    return asked.allows(server) && (literal === undefined || asked.allowsAddress(server, literal)) && !this.#grants.allows(server);
  }

  #parsed(address: string | URL): URL {
    try {
      return new URL(address);
    } catch (error) {
      throw catalogued('FETCH_FAILED', { plugin: this.#host.plugin, url: String(address), reason: 'it is no URL' }, error);
    }
  }

  #failureOf(error: unknown, url: URL): unknown {
    const about = { plugin: this.#host.plugin, url: nameOf(url) };
    if (this.#host.signal.aborted) return this.#host.signal.reason;
    if (this.#time.isOver) return catalogued('FETCH_TIMED_OUT', { ...about, timeout: this.#time.limit }, error);
    if (error instanceof TooLarge) return catalogued('FETCH_TOO_LARGE', { ...about, limit: this.#maxBytes });
    return StructumError.is(error) ? error : catalogued('FETCH_FAILED', { ...about, reason: messageOf(error) }, error);
  }
}

/** Without what may be secret. */
function nameOf({ href }: URL): string {
  const url = new URL(href);
  Object.assign(url, { username: '', password: '', search: '', hash: '' });
  return url.href;
}

/** Without what stands around addresses of version 6, and behind names that are complete. */
function serverOf({ hostname, port, protocol }: URL): Server {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return { host: addressOf(host)?.text ?? host, port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}

function requestProblem({ url, method, headers }: Request): string | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `"${url.protocol}" is neither http: nor https:`;
  if (url.username !== '' || url.password !== '') return 'a URL is no place for a password; there is the header "authorization"';
  if (!/^[A-Z]+$/.test(method) || method === 'CONNECT' || method === 'TRACE') return `there is no method "${method}" here`;
  const header = Object.keys(headers).find((name) => CONNECTION.has(name.toLowerCase()));
  return header === undefined ? undefined : `the header "${header}" is set by the host`;
}

/** What says how a request travels, and not what it is. */
const CONNECTION = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);
