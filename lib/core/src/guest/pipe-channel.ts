import { readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { frameOf, messageFrom } from '../execution/remote/process/frame-channel.js';
import { GUEST_DESCRIPTORS } from '../execution/remote/process/guest-descriptors.js';
import type { Message } from '../execution/remote/protocol.js';
import { FrameDecoder } from '../execution/wire/frames.js';
import type { HostChannel } from './host-link.js';

/** The channel of a guest in a process. What it sends has gone when the call returns: it waits as long as its host is slow. */
export function pipeChannel(): HostChannel {
  const { messages, waited, waiting } = GUEST_DESCRIPTORS;
  // Whatever the host sends is taken.
  const answers = new FrameDecoder(Infinity);
  let most = Infinity;
  const send = (message: Message): number => writeFully(messages, frameOf(message, most));
  return {
    send,
    limit: (bytes) => { most = bytes; },
    sendWaited: (message) => { send(message); },
    waitFor: (message) => {
      writeFully(waiting, frameOf(message, most));
      for (;;) {
        const [answer] = answers.push(readSome(waited));
        if (answer !== undefined) return messageFrom(answer.header, answer.body) as Message;
      }
    },
    listen: (receive, closed) => {
      const decoder = new FrameDecoder(Infinity);
      const socket = new Socket({ fd: messages, readable: true, writable: false });
      socket.on('data', (chunk: Buffer) => {
        for (const { header, body } of decoder.push(chunk)) receive(messageFrom(header, body));
      });
      socket.on('error', closed);
      socket.on('close', closed);
    },
  };
}

/** Gives how many bytes it wrote. */
function writeFully(descriptor: number, pieces: readonly Uint8Array[]): number {
  let written = 0;
  for (const piece of pieces) {
    for (let offset = 0; offset < piece.byteLength;) offset += patiently(() => writeSync(descriptor, piece, offset));
    written += piece.byteLength;
  }
  return written;
}

function readSome(descriptor: number): Uint8Array {
  const buffer = Buffer.allocUnsafe(64 * 1024);
  const length = patiently(() => readSync(descriptor, buffer));
  if (length === 0) throw new Error('The host is gone.');
  return buffer.subarray(0, length);
}

/** Tries again as long as the pipe is full, or empty: it may be one that does not wait by itself. */
function patiently(attempt: () => number): number {
  for (let pause = SHORTEST; ; pause = Math.min(2 * pause, LONGEST)) {
    try {
      return attempt();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(NOTHING, 0, 0, pause);
    }
  }
}

/** Milliseconds. */
const SHORTEST = 0.02;
const LONGEST = 2;

const NOTHING = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
