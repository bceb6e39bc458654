import { required } from '../platform/index.js';
import type * as Redaction from './redaction/index.js';

/** What is taken out. */
export interface RedactionOptions {
  /** Whether secrets stay that somebody asked to see: where that is shown. */
  readonly showsRevealed?: boolean;
}

/**
 * Takes the secrets that it knows out of texts, data and streams: `[redacted]` stands in their place. It costs nothing
 * while it knows none.
 *
 * A secret is found by its value wherever it stands, also as JSON, URLs and base64 have it, and line by line where it has
 * several. One of fewer than four characters counts only where it stands as a word of its own.
 */
export class Redactor {
  readonly #onFirst: () => void;
  readonly #revealed = new Set<string>();
  #secrets: Redaction.KnownSecrets | undefined;

  /** @param onFirst - Called when the first secret is known. */
  constructor(onFirst: () => void = () => undefined) {
    this.#onFirst = onFirst;
  }

  /** Whether no secret is known yet. */
  get isIdle(): boolean {
    return this.#secrets === undefined;
  }

  /** From now on `secret` is left out. What is said everywhere, like `true`, is none. */
  add(secret: string): void {
    if (NO_SECRETS.test(secret)) return;
    if (this.#secrets === undefined) {
      const { KnownSecrets } = required<typeof Redaction>('./redaction/index.js', import.meta.url);
      this.#secrets = new KnownSecrets();
      this.#secrets.add(secret);
      this.#onFirst();
    } else this.#secrets.add(secret);
  }

  /** Somebody asked to see `secret`, who may. */
  reveal(secret: string): void {
    this.#revealed.add(secret);
  }

  redact(text: string): string {
    return this.#secrets?.redact(text) ?? text;
  }

  /** The same for data, errors and all that they hold; what holds no secret is given back as it is, and nothing is changed. */
  redactValue<Value>(value: Value, options: RedactionOptions = {}): Value {
    return this.#secrets === undefined ? value : (this.#secrets.redactValue(value, this.#shown(options)) as Value);
  }

  /** The same for what comes in parts: a secret may be split between them. */
  stream(options: RedactionOptions = {}): RedactedStream {
    return new SecretlessStream(() => this.#secrets?.heldTail(this.#shown(options)));
  }

  #shown({ showsRevealed = false }: RedactionOptions): ReadonlySet<string> | undefined {
    return showsRevealed ? this.#revealed : undefined;
  }
}

/** Blanks, words that stand for yes, no or nothing, and numbers of few digits. */
const NO_SECRETS = /^\s*(?:|\d{1,3}|true|false|null|undefined|yes|no|on|off)\s*$/i;

/** Text and bytes from which secrets are taken out on their way. What holds none stays the same to the byte. */
export interface RedactedStream {
  /** What may go on by now: without an end that may be the beginning of a secret, and with what was held back before. */
  write(chunk: string | Uint8Array): string | Uint8Array;
  /** What was held back: nothing comes any more, for now. */
  end(): string | Uint8Array;
}

class SecretlessStream implements RedactedStream {
  readonly #begin: () => Redaction.HeldTail | undefined;
  #tail: Redaction.HeldTail | undefined;

  /** @param begin - Gives what does it, once there are secrets. */
  constructor(begin: () => Redaction.HeldTail | undefined) {
    this.#begin = begin;
  }

  write(chunk: string | Uint8Array): string | Uint8Array {
    this.#tail ??= this.#begin();
    return this.#tail?.write(chunk) ?? chunk;
  }

  end(): string | Uint8Array {
    return this.#tail?.end() ?? '';
  }
}
