import type { Broker, ExecResult, ResponseData } from '../contract/index.js';
import { messageOf } from '../errors/index.js';
import { responseOf } from '../execution/broker/response.js';

/** Has the host fetch, and run programs. */
export function guestBroker(ask: (method: 'fetch' | 'exec', data: object) => Promise<unknown>): Broker {
  return {
    fetch: async (url, options) => responseOf((await ask('fetch', { url: String(url), options })) as ResponseData),
    exec: async (program, args = [], options?) => (await ask('exec', { program: messageOf(program), args: args.map(messageOf), options })) as ExecResult,
  };
}
