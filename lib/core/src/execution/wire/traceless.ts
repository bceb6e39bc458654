/** An error that is told, not thrown: no time is spent on finding out where it was made, which is not where it comes from. */
export function traceless(make: () => Error, stack: string | undefined): Error {
  const { stackTraceLimit } = Error;
  Reflect.set(Error, 'stackTraceLimit', 0);
  try {
    const error = make();
    hide(error, 'stack', stack);
    return error;
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  }
}

/** Sets what of an error is not listed. */
export function hide(error: Error, key: 'name' | 'stack' | 'cause', value: unknown): void {
  Object.defineProperty(error, key, { value, configurable: true, writable: true, enumerable: false });
}
