import type { Change, ConfigFormat } from '../formats/index.js';

/** A text before a change and after it. */
interface EditedText {
  readonly before: string;
  readonly after: string;
  /** What was changed: around a setting that was taken out, all that said nothing else. */
  readonly done: Change;
}

/** One change of a file's text, made once for the same text: that of a large file takes long. */
export class TextEdit {
  readonly #file: string;
  readonly #change: Change;
  readonly #isKnown: (text: string) => boolean;
  readonly #fewestKeys: number;
  #last: EditedText | undefined;

  /**
   * @param isKnown - Whether the file was whole with that text.
   * @param fewestKeys - How many keys lead at least to a mapping that goes with the last setting in it; none goes when left out.
   */
  constructor(file: string, change: Change, isKnown: (text: string) => boolean, fewestKeys = Infinity) {
    this.#file = file;
    this.#change = change;
    this.#isKnown = isKnown;
    this.#fewestKeys = fewestKeys;
  }

  /** What was done with the text that was asked for last. */
  get done(): Change {
    return this.#last?.done ?? this.#change;
  }

  /** @throws `CONFIG_UNEDITABLE`, `CONFIG_FILE_INVALID`. */
  async of(before: string, format: ConfigFormat): Promise<string> {
    if (this.#last?.before !== before) this.#last = await this.#edited(before, format);
    return this.#last.after;
  }

  async #edited(before: string, format: ConfigFormat): Promise<EditedText> {
    const options = { isKnown: this.#isKnown(before) };
    const edit = (text: string, change: Change): Promise<string> => format.edit(text, this.#file, change, options);
    const edited = { before, after: await edit(before, this.#change), done: this.#change };
    return edited.after === before || this.#change.value !== undefined ? edited : this.#withoutEmptied(edited, format, edit);
  }

  /** Without mappings that are empty by now, but for those that somebody has said something about. */
  async #withoutEmptied(edited: EditedText, format: ConfigFormat, edit: (text: string, change: Change) => Promise<string>): Promise<EditedText> {
    let last = edited;
    for (let count = this.#change.path.length - 1; count >= this.#fewestKeys; count -= 1) {
      const path = this.#change.path.slice(0, count);
      if ((await edit(last.after, { path, value: {} })) !== last.after) break;
      if (isCommented(last.after, (await format.positionOf(last.after, this.#file, path)).line)) break;
      const done = { path, value: undefined };
      const after = await edit(last.after, done);
      last = { ...last, after, done };
    }
    return last;
  }
}

/** Whether somebody says something about what is on a line, from 1: there, right above it, or in it. */
function isCommented(text: string, line: number): boolean {
  const lines = text.split('\n');
  const [above = '', own = '', below = ''] = [lines[line - 2], lines[line - 1], lines[line]];
  const isWithin = own.startsWith('[') || indentOf(below) > indentOf(own);
  return own.includes('#') || isComment(above) || (isWithin && isComment(below));
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
