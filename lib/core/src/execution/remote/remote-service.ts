/** Calls a method of a service. */
export type CallMethod = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** Stands for a service that is elsewhere: whatever it is asked for is a method, which returns a promise of data. */
export function remoteService(id: string, call: CallMethod): object {
  const methods = new Map<string, (...args: readonly unknown[]) => Promise<unknown>>();
  return new Proxy({}, {
    get: (_target, member) => {
      // `then` too: whoever waits for a service must get it.
      if (typeof member !== 'string' || member === 'then' || member in Object.prototype) return undefined;
      const method = methods.get(member) ?? ((...args) => call(member, args));
      methods.set(member, method);
      return method;
    },
    set: () => { throw new TypeError(`The service "${id}" is elsewhere: it cannot be changed.`); },
  });
}
