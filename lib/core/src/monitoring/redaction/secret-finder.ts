import { REDACTED } from '../redacted.js';
import type { SecretForm } from './secret-forms.js';

/** Text that was not looked at yet, and what is known of what came before it. */
export interface Part {
  readonly text: string;
  /** How much of its beginning belongs to a secret that began before. */
  readonly covered: number;
  /** Whether a letter, a digit or an underscore is before it. */
  readonly isAfterWord: boolean;
}

/** How to look at a {@link Part}. */
export interface RedactOptions {
  /** Whether nothing follows: then all is decided. */
  readonly isEnd: boolean;
  /** The secrets that may stay. */
  readonly except?: ReadonlySet<string> | undefined;
}

/** What became of a {@link Part}. */
export interface RedactedPart {
  readonly text: string;
  /** What can be decided only when it is known how it goes on; empty at the end. */
  readonly rest: Part;
}

/** Finds texts in others. At each place it is the longest that counts; those that overlap become one. */
export class SecretFinder {
  /** By what they begin with, the longest first. */
  readonly #forms = new Map<number, SecretForm[]>();
  /** What they begin with: a look at this decides nearly all places. */
  readonly #beginnings = new Uint8Array(0x1_0000);

  add(form: SecretForm): void {
    const first = form.text.charCodeAt(0);
    this.#beginnings[first] = 1;
    const forms = [...(this.#forms.get(first) ?? []), form];
    this.#forms.set(first, forms.sort((one, other) => other.text.length - one.text.length));
  }

  redactWhole(text: string, except?: ReadonlySet<string>): string {
    return this.redact({ text, covered: 0, isAfterWord: false }, { isEnd: true, except }).text;
  }

  redact(part: Part, options: RedactOptions): RedactedPart {
    const { text, covered } = part;
    let redacted = '';
    let end = covered;
    let index = 0;
    for (; index < text.length; index += 1) {
      if (this.#beginnings[text.charCodeAt(index)] === 0) continue;
      const found = this.#endOf(part, index, options);
      if (found === 'undecided') break;
      if (found === undefined) continue;
      if (index >= end) redacted += text.slice(end, index) + REDACTED;
      end = Math.max(end, found);
    }
    return {
      text: end === 0 && index === text.length ? text : redacted + text.slice(end, Math.max(end, index)),
      rest: { text: text.slice(index), covered: Math.max(0, end - index), isAfterWord: isWordBefore(part, index) },
    };
  }

  /** Where the longest one ends that begins at `index`. */
  #endOf(part: Part, index: number, { isEnd, except }: RedactOptions): number | 'undecided' | undefined {
    const { text } = part;
    const left = text.length - index;
    for (const { text: form, secret, isWord } of this.#forms.get(text.charCodeAt(index)) ?? []) {
      if ((isWord && isWordBefore(part, index)) || except?.has(secret) === true) continue;
      if (form.length > left) {
        if (!isEnd && form.startsWith(text.slice(index))) return 'undecided';
      } else if (text.startsWith(form, index)) {
        const end = index + form.length;
        if (isWord && end === text.length && !isEnd) return 'undecided';
        if (!isWord || end === text.length || !isWordUnit(text.charCodeAt(end))) return end;
      }
    }
    return undefined;
  }
}

function isWordBefore({ text, isAfterWord }: Part, index: number): boolean {
  return index === 0 ? isAfterWord : isWordUnit(text.charCodeAt(index - 1));
}

/** All that is not ASCII counts as a letter: a byte of UTF-8 does not say what it is a part of. */
function isWordUnit(unit: number): boolean {
  return unit > 0x7f || WORD.test(String.fromCharCode(unit));
}

const WORD = /\w/;
