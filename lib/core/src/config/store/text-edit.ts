import type { Change, ConfigFormat } from '../formats/index.js';

/** A text before a change and after it. */
interface EditedText {
  readonly before: string;
  readonly after: string;
}

/** One change of a file's text, made once for the same text: that of a large file takes long. */
export class TextEdit {
  readonly #file: string;
  readonly #change: Change;
  readonly #isKnown: (text: string) => boolean;
  #last: EditedText | undefined;

  /** @param isKnown - Whether the file was whole with that text. */
  constructor(file: string, change: Change, isKnown: (text: string) => boolean) {
    this.#file = file;
    this.#change = change;
    this.#isKnown = isKnown;
  }

  /** @throws `CONFIG_UNEDITABLE`, `CONFIG_FILE_INVALID`. */
  async of(before: string, format: ConfigFormat): Promise<string> {
    if (this.#last?.before !== before) this.#last = { before, after: await format.edit(before, this.#file, this.#change, { isKnown: this.#isKnown(before) }) };
    return this.#last.after;
  }
}
