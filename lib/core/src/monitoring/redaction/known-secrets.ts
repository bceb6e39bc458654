import { HeldTail } from './held-tail.js';
import { RedactedCopy } from './redacted-copy.js';
import { formsOf } from './secret-forms.js';
import { SecretFinder } from './secret-finder.js';

/** The secrets of a host, in all forms in which they are looked for. */
export class KnownSecrets {
  readonly #known = new Set<string>();
  readonly #inText = new SecretFinder();
  /** In UTF-8, a character for each byte. */
  readonly #inBytes = new SecretFinder();

  add(secret: string): void {
    if (this.#known.has(secret)) return;
    this.#known.add(secret);
    for (const form of formsOf(secret)) {
      this.#inText.add(form);
      this.#inBytes.add({ ...form, text: Buffer.from(form.text).toString('latin1') });
    }
  }

  redact(text: string): string {
    return this.#inText.redactWhole(text);
  }

  redactValue(value: unknown): unknown {
    return new RedactedCopy((text) => this.redact(text), (bytes) => this.#redactBytes(bytes)).of(value);
  }

  heldTail(): HeldTail {
    return new HeldTail(this.#inText, this.#inBytes);
  }

  #redactBytes(bytes: Uint8Array): Uint8Array {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const redacted = this.#inBytes.redactWhole(text);
    return redacted === text ? bytes : Buffer.from(redacted, 'latin1');
  }
}
