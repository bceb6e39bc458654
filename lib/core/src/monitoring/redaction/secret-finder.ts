import { REDACTED } from '../redacted.js';
import type { SecretForm } from './secret-forms.js';
import { SortedForms } from './sorted-forms.js';

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
  readonly #forms: SortedForms = new SortedForms();

  add(form: SecretForm): void {
    this.#forms.add(form);
  }

  redactWhole(text: string, except?: ReadonlySet<string>): string {
    return this.redact({ text, covered: 0, isAfterWord: false }, { isEnd: true, except }).text;
  }

  redact(part: Part, options: RedactOptions): RedactedPart {
    const { text, covered } = part;
    let redacted = '';
    let end = covered;
    let index = this.#forms.next(text, 0);
    for (; index < text.length; index = this.#forms.next(text, index + 1)) {
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
    const counts = ({ secret, isWord }: SecretForm): boolean => except?.has(secret) !== true && !(isWord && isWordBefore(part, index));
    if (!isEnd) for (const form of this.#forms.goingOn(text, index)) if (counts(form)) return 'undecided';
    for (const form of this.#forms.at(text, index)) {
      const end = index + form.text.length;
      if (!counts(form) || (form.isWord && end < text.length && isWordUnit(text.charCodeAt(end)))) continue;
      return form.isWord && end === text.length && !isEnd ? 'undecided' : end;
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
