import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { ResponseData } from '../../contract/index.js';
import type { Address } from './addresses.js';
import { TooLarge } from './too-large.js';

/** One request to one server. */
export interface Request {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** How a request is carried out. */
export interface RequestLimits {
  /** Where to connect to, whatever the name is by now. */
  readonly addresses: readonly Address[];
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Asks a server that was looked up and checked, through a connection of its own and no proxy.
 * @throws TooLarge, and what Node's http throws
 */
export async function send(request: Request, limits: RequestLimits): Promise<ResponseData> {
  const response = await answerTo(request, limits);
  try {
    const body = await received(response, limits);
    return { status: response.statusCode ?? 0, statusText: response.statusMessage ?? '', headers: headersOf(response.headers), url: request.url.href, body };
  } finally {
    response.destroy();
  }
}

function answerTo({ url, method, headers, body }: Request, { addresses, signal }: RequestLimits): Promise<IncomingMessage> {
  const options: RequestOptions = { method, headers, signal, agent: false, lookup: pinned(addresses) };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestSecure(url, options) : requestPlain(url, options);
    request.once('response', resolve);
    request.on('error', reject);
    // Without a listener, Node drops the connection and says nothing.
    request.once('upgrade', (_response, socket) => {
      socket.destroy();
      reject(new Error('the server answered that it speaks another protocol from now on'));
    });
    request.once('close', () => { reject(new Error('the connection ended without an answer')); });
    request.end(body);
  });
}

/** Gives what was found before, and looks nothing up. */
function pinned(addresses: readonly Address[]): LookupFunction {
  const found = addresses.map(({ text, family }) => ({ address: text, family }));
  return (_host, { all }, callback) => {
    const [first] = found;
    if (all === true) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
}

async function received(response: IncomingMessage, { maxBytes }: RequestLimits): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function headersOf(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) =>
    (value === undefined || name === '__proto__' ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]])));
}
