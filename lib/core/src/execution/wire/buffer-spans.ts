import { TAG, type ViewType } from './tags.js';

/** Which part of a buffer travels, and the tags that say where things are in it, which are known when all of it is. */
interface Span {
  start: number;
  end: number;
  /** What its start must be a multiple of. */
  alignment: number;
  readonly tag: [name: 'ArrayBuffer', byteLength: number];
  readonly views: ViewTag[];
}

type ViewTag = [name: string, buffer: unknown, byteOffset: number, length: number];

/**
 * The parts of buffers that data shows, each once: memory around them is nobody's business. A small `Buffer` is a view of a
 * pool that holds what others read and wrote.
 */
export class BufferSpans {
  readonly #spans = new Map<ArrayBuffer, Span>();

  /** The tag of a buffer all of which is shown. */
  whole(buffer: ArrayBuffer): readonly unknown[] {
    return this.#widened(buffer, 0, buffer.byteLength, 1).tag;
  }

  /** The tag of a view. `reference` stands for its buffer where that has been met before. */
  view(name: string, type: ViewType, view: ArrayBufferView<ArrayBuffer>, reference: unknown): readonly unknown[] {
    const { buffer, byteOffset, byteLength } = view;
    const { BYTES_PER_ELEMENT: size = 1 } = type;
    const span = this.#widened(buffer, byteOffset, byteOffset + byteLength, size);
    const tag: ViewTag = [name, reference ?? { [TAG]: span.tag }, byteOffset, byteLength / size];
    span.views.push(tag);
    return tag;
  }

  /** Says in the tags where things are, and gives the parts in the order in which their buffers were met. */
  settle(): Uint8Array[] {
    return [...this.#spans].map(([buffer, { start, end, alignment, tag, views }]) => {
      const from = start - (start % alignment);
      tag[1] = end - from;
      for (const view of views) view[2] -= from;
      return new Uint8Array(buffer, from, end - from);
    });
  }

  #widened(buffer: ArrayBuffer, start: number, end: number, alignment: number): Span {
    const span = this.#spans.get(buffer) ?? { start, end, alignment, tag: ['ArrayBuffer', 0], views: [] };
    this.#spans.set(buffer, span);
    span.start = Math.min(span.start, start);
    span.end = Math.max(span.end, end);
    span.alignment = Math.max(span.alignment, alignment);
    return span;
  }
}
