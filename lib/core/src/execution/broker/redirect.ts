import type { ResponseData } from '../../contract/index.js';
import type { Request } from './request.js';

/** What to ask next, where an answer says that: without what tells who asks, where that is somebody else. */
export function redirected(request: Request, { status, headers }: ResponseData): Request | undefined {
  const { location } = headers;
  if (location === undefined || !REDIRECTS.has(status)) return undefined;
  const url = new URL(location, request.url);
  const isSameServer = url.origin === request.url.origin;
  const becomesGet = status === 303 ? request.method !== 'HEAD' : status < 307 && request.method === 'POST';
  return {
    url,
    method: becomesGet ? 'GET' : request.method,
    body: becomesGet ? undefined : request.body,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) =>
      !(isSameServer ? becomesGet && OF_BODY.test(name) : CREDENTIALS.test(name) || (becomesGet && OF_BODY.test(name))))),
  };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Those that are known to be secret, and those that are named as if they were. */
const CREDENTIALS = /^(?:authorization|cookie2?)$|token|secret|api-?key|auth/i;

const OF_BODY = /^content-/i;
