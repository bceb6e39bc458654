import { REDACTED } from '../redacted.js';
import type { SecretForm } from './secret-forms.js';
import { FEWEST_UNITS, LONGEST_MARK, Shortenings } from './shortenings.js';
import { SortedForms } from './sorted-forms.js';

/** Text that was not looked at yet, and what is known of what came before it. */
export interface Part {
  readonly text: string;
  /** How much of its beginning belongs to a secret that began before. */
  readonly covered: number;
  /** The end of what came before it. */
  readonly before: string;
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

/** Finds texts in others, also what is left of them where they were shortened. At each place it is the longest that counts; those that overlap become one. */
export class SecretFinder {
  readonly #forms: SortedForms = new SortedForms();

  add(form: SecretForm): void {
    this.#forms.add(form);
  }

  redactWhole(text: string, except?: ReadonlySet<string>): string {
    return this.redact({ text, covered: 0, before: '' }, { isEnd: true, except }).text;
  }

  redact(part: Part, options: RedactOptions): RedactedPart {
    const { text, covered } = part;
    let redacted = '';
    let end = covered;
    const cuts = new Shortenings(text, part.before, options.isEnd);
    let whole = this.#forms.next(text, 0);
    let index = 0;
    for (; ; index += 1) {
      // Looked for once only: it may be far away, behind many shortenings.
      if (whole < index) whole = this.#forms.next(text, index);
      index = Math.min(whole, cuts.startFrom(index) ?? text.length);
      if (index >= text.length) break;
      const found = this.#endOf(part, index, cuts, options);
      if (found === 'undecided') break;
      if (found === undefined) continue;
      if (index >= end) redacted += text.slice(end, index) + REDACTED;
      end = Math.max(end, found);
    }
    return {
      text: end === 0 && index === text.length ? text : redacted + text.slice(end, Math.max(end, index)),
      rest: { text: text.slice(index), covered: Math.max(0, end - index), before: (part.before + text.slice(0, index)).slice(-LONGEST_MARK) },
    };
  }

  /** Where the longest one ends that begins at `index`, or the longest piece of one. */
  #endOf(part: Part, index: number, cuts: Shortenings, options: RedactOptions): number | 'undecided' | undefined {
    const ends = [this.#endOfWhole(part, index, options), this.#endOfBeginning(part, index, cuts, options), this.#endOfRest(part, index, cuts, options)];
    if (ends.includes('undecided')) return 'undecided';
    const found = ends.filter((end) => typeof end === 'number');
    return found.length === 0 ? undefined : Math.max(...found);
  }

  #endOfWhole(part: Part, index: number, { isEnd, except }: RedactOptions): number | 'undecided' | undefined {
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

  /** Where what is left of one ends that was shortened. */
  #endOfBeginning({ text }: Part, index: number, cuts: Shortenings, { isEnd, except }: RedactOptions): number | 'undecided' | undefined {
    let longest: number | undefined;
    for (const end of cuts.endsAfter(index)) {
      const isLeft = this.#forms.anyGoingOn(text.slice(index, end), except);
      if (isLeft && !isEnd && cuts.isBegun(end)) return 'undecided';
      if (isLeft) longest = end;
    }
    return longest;
  }

  /** Where a piece of one ends whose beginning was left out. */
  #endOfRest({ text }: Part, index: number, cuts: Shortenings, { isEnd, except }: RedactOptions): number | 'undecided' | undefined {
    if (cuts.startFrom(index) !== index) return undefined;
    const piece = text.slice(index, index + LONGEST_REST);
    const length = this.#forms.longestWithin(piece, except);
    if (length === piece.length && length < LONGEST_REST && !isEnd) return 'undecided';
    return length < FEWEST_UNITS ? undefined : index + length;
  }
}

/** V8 shows fewer units around a mistake. */
const LONGEST_REST = 40;

function isWordBefore({ text, before }: Part, index: number): boolean {
  const unit = index === 0 ? before.charCodeAt(before.length - 1) : text.charCodeAt(index - 1);
  return isWordUnit(unit);
}

/** All that is not ASCII counts as a letter: a byte of UTF-8 does not say what it is a part of. */
function isWordUnit(unit: number): boolean {
  return unit > 0x7f || WORD.test(String.fromCharCode(unit));
}

const WORD = /\w/;
