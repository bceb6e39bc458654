import { serviceRequest, type ServiceRequest } from '../execution/remote/service-request.js';
import type { HostLink } from './host-link.js';

/** What a member of a service is, as its host says. */
interface Member {
  readonly isMethod?: boolean;
  readonly value?: unknown;
}

/**
 * A core service of the host, as a guest uses it: each use is one of the host's own, which checks whether the plugin may.
 *
 * @param call - Names the call on whose behalf it is used right now, if there is one.
 */
export function remoteService(link: HostLink, service: string, call: () => string | undefined): object {
  const methods = new Map<string, (...args: readonly unknown[]) => unknown>();
  const requestFor = (member: string, args?: readonly unknown[]): ServiceRequest => serviceRequest({ call: call(), service, member, args });
  const ask = (member: string, args?: readonly unknown[]): unknown => link.requestNow('service', requestFor(member, args));
  const method = (member: string) => {
    // What answers later once does so always: this thread need not stand still for it again.
    let answersLater = false;
    return (...args: readonly unknown[]): unknown => {
      if (answersLater) return link.request('service', requestFor(member, args));
      const answer = ask(member, args);
      answersLater = answer instanceof Promise;
      return answer;
    };
  };
  return new Proxy({}, {
    get: (_target, member) => {
      // `then` too: whoever waits for a service must get it.
      if (typeof member !== 'string' || member === 'then' || member in Object.prototype) return undefined;
      const known = methods.get(member);
      if (known !== undefined) return known;
      const { isMethod, value } = ask(member) as Member;
      if (isMethod !== true) return value;
      const made = method(member);
      methods.set(member, made);
      return made;
    },
  });
}
