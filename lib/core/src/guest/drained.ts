import { Writable } from 'node:stream';

/** Resolves when what was written to a stream has left this process, or nobody takes it any more. */
export function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('close', done);
      resolve();
    };
    if (stream.writableLength === 0 || stream.destroyed || stream.writableEnded) {
      done();
      return;
    }
    stream.once('close', done);
    // A plugin may have put something else in the place of the stream's own.
    Writable.prototype.write.call(stream, '', 'utf8', done);
  });
}
