import type { Broker, ExecResult, ResponseData } from '../contract/index.js';
import { checkExec, checkFetch } from '../execution/broker/options.js';
import { responseOf } from '../execution/broker/response.js';

/** Has the host fetch, and run programs. */
export function guestBroker(ask: (method: 'fetch' | 'exec', data: object) => Promise<unknown>): Broker {
  return {
    fetch: async (url, options = {}) => {
      checkFetch(options);
      return responseOf((await ask('fetch', { url: String(url), options })) as ResponseData);
    },
    exec: async (program, args = [], options = {}) => {
      checkExec(program, args, options);
      return (await ask('exec', { program, args, options })) as ExecResult;
    },
  };
}
