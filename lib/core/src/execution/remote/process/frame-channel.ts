import type { Duplex, Readable, Writable } from 'node:stream';
import { decode, encode } from '../../wire/codec.js';
import { encodeFrame, FrameDecoder, type FrameLimits } from '../../wire/frames.js';
import { ProtocolViolation } from '../../wire/protocol-violation.js';
import type { Channel, ChannelListener } from '../channel.js';
import type { Message } from '../protocol.js';

/** The pipes between a host and the process of a guest. */
export interface GuestPipes {
  /** For messages, in both directions. */
  readonly messages: Duplex;
  /** For what the guest waits for with its thread. */
  readonly waited: Writable;
  /** Where requests for that come from, when that is another pipe. */
  readonly waiting?: Readable | undefined;
}

/** A chunk of that size is followed by another one: the sender may have much to say, and others have something to do meanwhile. */
const FULL_CHUNK = 64 * 1024;

/** The host's end of the pipes to the process of a guest. Nothing that comes is trusted. */
export function frameChannel({ messages, waited, waiting }: GuestPipes, limits: FrameLimits, listener: ChannelListener): Channel {
  for (const source of [messages, waiting]) if (source !== undefined) receive(source, limits, listener);
  // That it is gone is told by the end of the process.
  for (const pipe of [messages, waited, waiting]) pipe?.on('error', () => undefined);
  return {
    send: (message) => { write(messages, message); },
    sendWaited: (message) => { write(waited, message); },
  };
}

function receive(source: Readable, limits: FrameLimits, listener: ChannelListener): void {
  const decoder = new FrameDecoder(limits);
  source.on('data', (chunk: Buffer) => {
    try {
      for (const frame of decoder.push(chunk)) listener.receive(messageFrom(frame.header, frame.body));
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      source.destroy();
      listener.violated(error.reason);
    }
    if (chunk.length < FULL_CHUNK || source.destroyed) return;
    source.pause();
    setImmediate(() => { source.resume(); });
  });
}

/** A frame holds a message whose data was encoded. */
export function messageFrom(header: unknown, body: Uint8Array): unknown {
  const { data, ...rest } = header as Readonly<Record<string, unknown>>;
  return { ...rest, data: decode(data, body) };
}

/** The pieces of the frame of a message. Throws a `DataCloneError` for what cannot travel. */
export function frameOf(message: Message): Uint8Array[] {
  const { value, bytes } = encode(message.data);
  return encodeFrame({ ...message, data: value }, bytes);
}

function write(pipe: Writable, message: Message): void {
  const pieces = frameOf(message);
  if (pipe.destroyed || pipe.writableEnded) return;
  pipe.cork();
  for (const piece of pieces) pipe.write(piece);
  pipe.uncork();
}
