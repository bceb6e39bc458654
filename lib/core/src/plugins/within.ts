/** What `work` gives, or the error of `onTimeout` when it takes longer than `limit` milliseconds. */
export async function within<Value>(limit: number, work: () => Value | Promise<Value>, onTimeout: () => Error): Promise<Value> {
  const value = work();
  if (!(value instanceof Promise)) return value;
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(onTimeout());
    }, limit);
  });
  try {
    return await Promise.race([value, expiry]);
  } finally {
    clearTimeout(timer);
  }
}
