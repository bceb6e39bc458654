import type { RedactedStream, Structum } from '@structum/core';
import { writeFully } from './descriptor.js';

/** A host whose secrets the process must not tell. */
interface GuardedHost {
  readonly host: Structum;
  readonly streams: Readonly<Record<1 | 2, RedactedStream>>;
  readonly onCrash: (error: unknown) => void;
}

/** The process has one of each stream, however many hosts it has had. */
const guarded: GuardedHost[] = [];

/**
 * From now on the process does not tell what `host` knows as secrets where plugins write past it: to the streams of the
 * process, with `console`, as warnings, and as what nobody catches.
 *
 * @param onCrash - Tells of what nobody catches and nobody else listens for; then the process ends.
 */
export function guardProcess(host: Structum, onCrash: (error: unknown) => void): void {
  guarded.push({ host, streams: { 1: host.redactedStream(), 2: host.redactedStream() }, onCrash });
  if (guarded.length > 1) return;
  // The streams themselves, not how they are had: somebody may have them already.
  guardStream(process.stdout, 1);
  guardStream(process.stderr, 2);
  guardWarnings();
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    guarded.at(-1)?.onCrash(error);
    process.exit(1);
  });
}

/** Writes to a stream of the process what needs no looking through. */
export function writeUnguarded(stream: NodeJS.WriteStream, chunk: string | Uint8Array, done?: Written): void {
  const { write } = Object.getPrototypeOf(stream) as { readonly write: (this: NodeJS.WriteStream, chunk: string | Uint8Array, done?: Written) => boolean };
  write.call(stream, chunk, done);
}

type Written = (error?: Error | null) => void;

function guardStream(stream: NodeJS.WriteStream, descriptor: 1 | 2): void {
  const write = stream.write.bind(stream) as (chunk: unknown, done?: Written) => boolean;
  const end = stream.end.bind(stream) as (done?: Written) => NodeJS.WriteStream;
  replace(stream, 'write', (chunk: unknown, encoding?: BufferEncoding | Written, written?: Written) => {
    const done = typeof encoding === 'function' ? encoding : written;
    return write(partOf(chunk, typeof encoding === 'string' ? encoding : 'utf8', descriptor), done);
  });
  replace(stream, 'end', (chunk?: unknown, encoding?: BufferEncoding | Written, ended?: Written) => {
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') stream.write(chunk as string, typeof encoding === 'string' ? encoding : 'utf8');
    write(heldBack(descriptor));
    return end([chunk, encoding, ended].find((given): given is Written => typeof given === 'function'));
  });
  process.on('exit', () => {
    try {
      writeFully(descriptor, heldBack(descriptor));
    } catch {
      // Nobody reads it.
    }
  });
}

function replace(stream: NodeJS.WriteStream, name: 'write' | 'end', value: unknown): void {
  Object.defineProperty(stream, name, { value, writable: true, configurable: true, enumerable: false });
}

/** What may be written of a chunk by now; what is none is the stream's to refuse. */
function partOf(chunk: unknown, encoding: BufferEncoding, descriptor: 1 | 2): unknown {
  let part: string | Uint8Array;
  if (typeof chunk === 'string') part = /^utf-?8$/i.test(encoding) ? chunk : Buffer.from(chunk, encoding);
  else if (ArrayBuffer.isView(chunk)) part = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  else return chunk;
  return guarded.reduce((text, { streams }) => streams[descriptor].write(text), part);
}

/** What was held back, by one after the other. */
function heldBack(descriptor: 1 | 2): Uint8Array {
  return guarded.reduce((held, { streams }) => Buffer.concat([streams[descriptor].write(held), streams[descriptor].end()].map((part) => Buffer.from(part))), Buffer.alloc(0));
}

function guardWarnings(): void {
  const emitWarning = process.emitWarning.bind(process) as (...told: unknown[]) => void;
  process.emitWarning = (...told: unknown[]) => {
    emitWarning(...told.map((each) => (typeof each === 'function' ? each : guarded.reduce((value, { host }) => host.redact(value), each))));
  };
}
