import type { Part, SecretFinder } from './secret-finder.js';

/** How secrets are found. */
export interface Finders {
  readonly inText: SecretFinder;
  /** In bytes, a character for each. */
  readonly inBytes: SecretFinder;
  /** The secrets that may stay: looked at anew each time. */
  readonly except?: ReadonlySet<string> | undefined;
}

const NOTHING: Part = { text: '', covered: 0, before: '' };

/** Redacts what comes in parts, and holds back an end that may be the beginning of a secret. */
export class HeldTail {
  readonly #finders: Finders;
  #held: Part = NOTHING;
  /** Whether what is held are bytes, a character for each. */
  #isBytes = false;

  constructor(finders: Finders) {
    this.#finders = finders;
  }

  /** Text goes on as text, and bytes as bytes; only where a secret may begin in one and end in the other, all of it are bytes. */
  write(chunk: string | Uint8Array): string | Uint8Array {
    if (typeof chunk === 'string' && !(this.#isBytes && this.#held.text !== '')) {
      this.#isBytes = false;
      return this.#take(this.#finders.inText, chunk, false);
    }
    this.#holdBytes();
    const text = bytesOf(chunk).toString('latin1');
    const isAlone = this.#held.text === '';
    const redacted = this.#take(this.#finders.inBytes, text, false);
    return isAlone && redacted === text && typeof chunk !== 'string' ? chunk : Buffer.from(redacted, 'latin1');
  }

  /** What is held: nothing follows. */
  end(): string | Uint8Array {
    if (this.#held.text === '') return '';
    return this.#isBytes ? Buffer.from(this.#take(this.#finders.inBytes, '', true), 'latin1') : this.#take(this.#finders.inText, '', true);
  }

  #take(finder: SecretFinder, text: string, isEnd: boolean): string {
    const redacted = finder.redact({ ...this.#held, text: this.#held.text + text }, { isEnd, except: this.#finders.except });
    this.#held = redacted.rest;
    return redacted.text;
  }

  /** What is held becomes bytes, as what it is to be held together with. */
  #holdBytes(): void {
    if (this.#isBytes) return;
    this.#isBytes = true;
    const { text, covered, before } = this.#held;
    const [hidden, open] = [text.slice(0, covered), text.slice(covered)].map((piece) => Buffer.from(piece).toString('latin1')) as [string, string];
    this.#held = { text: hidden + open, covered: hidden.length, before: Buffer.from(before).toString('latin1') };
  }
}

function bytesOf(chunk: string | Uint8Array): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
