import type { Duplex, Readable, Writable } from 'node:stream';
import { catalogued } from '../../../errors/index.js';
import { uptime } from '../../../platform/index.js';
import { decode, encode } from '../../wire/codec.js';
import { encodeFrame, FrameDecoder } from '../../wire/frames.js';
import { ProtocolViolation } from '../../wire/protocol-violation.js';
import type { Channel, ChannelListener } from '../channel.js';
import { TURN } from '../in-turns.js';
import type { Message } from '../protocol.js';
import { UntakenAnswers, type MostUntaken } from './untaken-answers.js';

/** The pipes between a host and the process of a guest. */
export interface GuestPipes {
  /** For messages, in both directions. */
  readonly messages: Duplex;
  /** For what the guest waits for with its thread. */
  readonly waited: Writable;
  /** Where requests for that come from, when that is another pipe. */
  readonly waiting?: Readable | undefined;
}

/** Bytes that every error may have which is told, however small messages of plugins have to be. */
const ERROR_ROOM = 1024 * 1024;

/** Bytes after which it is looked whether that is over. */
const PIECE = 8 * 1024;

/** A guest of ours never asks for as much before it takes its answers: for 16 that are as large as may be. */
const MOST_ANSWERS = 1024;
const MOST_LARGE_ANSWERS = 16;
const FEW_BYTES = 256 * 1024 * 1024;

/**
 * The host's end of the pipes to the process of a guest. Nothing that comes is trusted.
 *
 * @param most - Bytes of one message, in each direction.
 * @param mostUntaken - What waits for the guest that it asked for itself. How much the host asks of it is not its fault.
 */
export function frameChannel({ messages, waited, waiting }: GuestPipes, most: number, listener: ChannelListener, mostUntaken = mostUntakenOf(most)): Channel {
  for (const source of [messages, waiting]) if (source !== undefined) receive(source, most, listener);
  // That it is gone is told by the end of the process.
  for (const pipe of [messages, waited, waiting]) pipe?.on('error', () => undefined);
  messages.once('close', () => { listener.closed(); });
  const untaken = new UntakenAnswers(mostUntaken);
  const send = (pipe: Writable, message: Message, own?: () => number): number => {
    const pieces = frameOf(message, most, own);
    const bytes = lengthOf(pieces);
    const isAnswer = message.kind === 'answer' || message.kind === 'failure';
    write(pipe, pieces, isAnswer ? untaken.add(bytes) : () => undefined);
    if (untaken.areTooMany) listener.violated('requests, and takes no answers');
    return bytes;
  };
  return {
    send: (message, own) => send(messages, message, own),
    sendWaited: (message) => { send(waited, message); },
  };
}

function mostUntakenOf(message: number): MostUntaken {
  return { answers: MOST_ANSWERS, bytes: Math.max(FEW_BYTES, MOST_LARGE_ANSWERS * message) };
}

function receive(source: Readable, most: number, listener: ChannelListener): void {
  const decoder = new FrameDecoder(Math.max(most, ERROR_ROOM));
  let began: number | undefined;
  source.on('data', (chunk: Buffer) => {
    if (began === undefined) {
      began = uptime();
      setImmediate(() => {
        began = undefined;
        if (source.isPaused()) source.resume();
      });
    }
    for (let end = 0; end < chunk.length && !source.destroyed;) {
      const start = end;
      end += PIECE;
      take(chunk.subarray(start, end));
      if (uptime() - began < TURN) continue;
      source.pause();
      if (end < chunk.length) source.unshift(chunk.subarray(end));
      return;
    }
  });

  function take(bytes: Uint8Array): void {
    try {
      for (const frame of decoder.push(bytes)) {
        const allowed = allowedFor(frame.header, most);
        if (frame.bytes > allowed) throw new ProtocolViolation(`a message of ${String(frame.bytes)} bytes, and no more than ${String(allowed)} are allowed`);
        listener.receive(messageFrom(frame.header, frame.body), frame.bytes);
      }
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      source.destroy();
      listener.violated(error.reason);
    }
  }
}

/** A frame holds a message whose data was encoded. */
export function messageFrom(header: unknown, body: Uint8Array): unknown {
  const { data, ...rest } = header as Readonly<Record<string, unknown>>;
  return { ...rest, data: decode(data, body) };
}

/**
 * The pieces of the frame of a message. Throws a `DataCloneError` for what cannot travel.
 * @param most - Bytes that it may have, but for errors.
 * @param own - How many bytes of it do not count.
 * @throws `MESSAGE_TOO_LARGE`
 */
export function frameOf(message: Message, most: number, own: () => number = () => 0): Uint8Array[] {
  const { value, bytes } = encode(message.data);
  const pieces = encodeFrame({ ...message, data: value }, bytes);
  const length = lengthOf(pieces);
  const allowed = allowedFor(message, most);
  if (length > allowed && length - own() > allowed) throw catalogued('MESSAGE_TOO_LARGE', { bytes: length, allowed });
  return pieces;
}

/** How many bytes a message may have. Failures and notices tell of errors. */
function allowedFor(message: unknown, most: number): number {
  const { kind } = message as { readonly kind?: unknown };
  return kind === 'failure' || kind === 'notice' ? Math.max(most, ERROR_ROOM) : most;
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** @param taken - Called when the other side has all of it, or is gone. */
function write(pipe: Writable, pieces: readonly Uint8Array[], taken: () => void): void {
  if (pipe.destroyed || pipe.writableEnded) {
    taken();
    return;
  }
  pipe.cork();
  pieces.forEach((piece, index) => { pipe.write(piece, index === pieces.length - 1 ? taken : undefined); });
  pipe.uncork();
}
