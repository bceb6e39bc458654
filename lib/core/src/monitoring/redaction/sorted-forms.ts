import { Beginnings } from './beginnings.js';
import type { SecretForm } from './secret-forms.js';

/** A form among others. */
interface SortedForm extends SecretForm {
  /** The longest other one that it begins with. */
  readonly shorter: SortedForm | undefined;
}

/** Forms in the order of their texts, in which thousands are looked through in a few steps. */
export class SortedForms {
  readonly #beginnings = new Beginnings();
  readonly #added: SecretForm[] = [];
  readonly #plain: SecretForm[] = [];
  /** Made anew when they are next looked at. */
  #sorted: readonly SortedForm[] | undefined;
  #longest = 0;

  add(form: SecretForm): void {
    this.#beginnings.add(form.text);
    this.#longest = Math.max(this.#longest, form.text.length);
    this.#added.push(form);
    if (form.isPlain) this.#plain.push(form);
    this.#sorted = undefined;
  }

  /** The first place of a text, from `index` on, where one may begin; its length where there is none. */
  next(text: string, index: number): number {
    return this.#beginnings.next(text, index);
  }

  /** Those that stand at a place, the longest first. */
  *at(text: string, index: number): Iterable<SecretForm> {
    const forms = this.#forms();
    // What is between a text and its own beginning, in order, begins with that too.
    for (let form = forms[this.#countBefore(text, index) - 1]; form !== undefined; form = form.shorter) {
      if (text.startsWith(form.text, index)) yield form;
    }
  }

  /** Those that the text, from a place on, is the beginning of. */
  *goingOn(text: string, index: number): Iterable<SecretForm> {
    if (text.length - index >= this.#longest) return;
    const forms = this.#forms();
    const rest = text.slice(index);
    let place = this.#countBefore(text, index);
    for (let form = forms[place]; form?.text.startsWith(rest) === true; form = forms[place]) {
      yield form;
      place += 1;
    }
  }

  /** Whether a text is the beginning of one. */
  anyGoingOn(text: string, except?: ReadonlySet<string>): boolean {
    for (const { secret } of this.goingOn(text, 0)) if (except?.has(secret) !== true) return true;
    return false;
  }

  /** How many of the first units of a text stand in one of the plain ones, in a row: all of them are looked through. */
  longestWithin(text: string, except?: ReadonlySet<string>): number {
    let longest = 0;
    for (const form of this.#plain) {
      if (except?.has(form.secret) === true) continue;
      while (longest < text.length && form.text.includes(text.slice(0, longest + 1))) longest += 1;
    }
    return longest;
  }

  /** How many are, in order, not behind the text from a place on. */
  #countBefore(text: string, index: number): number {
    const forms = this.#forms();
    let low = 0;
    let high = forms.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBehind(forms[middle]?.text ?? '', text, index)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #forms(): readonly SortedForm[] {
    this.#sorted ??= sorted(this.#added);
    return this.#sorted;
  }
}

/** Whether a form is behind the text from a place on, in the order of code units. */
function isBehind(form: string, text: string, index: number): boolean {
  for (let place = 0; place < form.length && place < FEW; place += 1) {
    if (index + place === text.length) return true;
    const difference = form.charCodeAt(place) - text.charCodeAt(index + place);
    if (difference !== 0) return difference > 0;
  }
  return form.length > FEW && form > text.slice(index);
}

/** Units up to which comparing them one by one is faster than to have it done. */
const FEW = 32;

function sorted(forms: readonly SecretForm[]): readonly SortedForm[] {
  const done: SortedForm[] = [];
  for (const form of [...forms].sort((one, other) => (one.text < other.text ? -1 : Number(one.text > other.text)))) {
    let shorter = done.at(-1);
    while (shorter !== undefined && !form.text.startsWith(shorter.text)) shorter = shorter.shorter;
    done.push({ ...form, shorter });
  }
  return done;
}
