import type { Duplex, Readable, Writable } from 'node:stream';
import { catalogued } from '../../../errors/index.js';
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

/** What is taken of a guest in one go, before others have their turn: that many messages, or bytes. */
const IN_ONE_GO = { messages: 256, bytes: 4 * 1024 * 1024 };

/**
 * The host's end of the pipes to the process of a guest. Nothing that comes is trusted.
 *
 * @param most - Bytes of one message, in each direction.
 */
export function frameChannel({ messages, waited, waiting }: GuestPipes, most: number, listener: ChannelListener): Channel {
  for (const source of [messages, waiting]) if (source !== undefined) receive(source, { header: most, body: most }, listener);
  // That it is gone is told by the end of the process.
  for (const pipe of [messages, waited, waiting]) pipe?.on('error', () => undefined);
  return {
    send: (message) => { write(messages, frameOf(message, most)); },
    sendWaited: (message) => { write(waited, frameOf(message, most)); },
  };
}

function receive(source: Readable, limits: FrameLimits, listener: ChannelListener): void {
  const decoder = new FrameDecoder(limits);
  const inOneGo = { messages: 0, bytes: 0 };
  source.on('data', (chunk: Buffer) => {
    try {
      const frames = decoder.push(chunk);
      for (const frame of frames) listener.receive(messageFrom(frame.header, frame.body));
      inOneGo.messages += frames.length;
      inOneGo.bytes += chunk.length;
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      source.destroy();
      listener.violated(error.reason);
    }
    if (source.destroyed || (inOneGo.messages < IN_ONE_GO.messages && inOneGo.bytes < IN_ONE_GO.bytes)) return;
    source.pause();
    setImmediate(() => {
      inOneGo.messages = 0;
      inOneGo.bytes = 0;
      source.resume();
    });
  });
}

/** A frame holds a message whose data was encoded. */
export function messageFrom(header: unknown, body: Uint8Array): unknown {
  const { data, ...rest } = header as Readonly<Record<string, unknown>>;
  return { ...rest, data: decode(data, body) };
}

/**
 * The pieces of the frame of a message. Throws a `DataCloneError` for what cannot travel.
 * @param most - Bytes that it may have.
 * @throws `MESSAGE_TOO_LARGE`
 */
export function frameOf(message: Message, most: number): Uint8Array[] {
  const { value, bytes } = encode(message.data);
  const pieces = encodeFrame({ ...message, data: value }, bytes);
  const length = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (length > most) throw catalogued('MESSAGE_TOO_LARGE', { bytes: length, allowed: most });
  return pieces;
}

function write(pipe: Writable, pieces: readonly Uint8Array[]): void {
  if (pipe.destroyed || pipe.writableEnded) return;
  pipe.cork();
  for (const piece of pieces) pipe.write(piece);
  pipe.uncork();
}
