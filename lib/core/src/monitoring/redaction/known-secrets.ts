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

  /** @param except - The secrets that may stay. */
  redact(text: string, except?: ReadonlySet<string>): string {
    return this.#inText.redactWhole(text, except);
  }

  redactValue(value: unknown, except?: ReadonlySet<string>): unknown {
    return new RedactedCopy((text) => this.redact(text, except), (bytes) => this.#redactBytes(bytes, except)).of(value);
  }

  heldTail(except?: ReadonlySet<string>): HeldTail {
    return new HeldTail({ inText: this.#inText, inBytes: this.#inBytes, except });
  }

  #redactBytes(bytes: Uint8Array, except: ReadonlySet<string> | undefined): Uint8Array {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const redacted = this.#inBytes.redactWhole(text, except);
    return redacted === text ? bytes : Buffer.from(redacted, 'latin1');
  }
}
