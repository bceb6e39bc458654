import type { KeyPath, Section } from '../section.js';
import type { Change } from './config-format.js';
import type { Syntax } from './document.js';
import type { Excerpt, Purpose } from './excerpt.js';
import type { ConfigNode } from './node.js';

/** How a language is read and written. Texts are without a byte order mark. */
export interface Language {
  /** @throws `CONFIG_FILE_INVALID` */
  read(text: string, file: string): Promise<Syntax>;
  /**
   * Texts that may say what is asked for, the best one first.
   * @param sample - Shows how the text is laid out: the whole of which it may be a part.
   */
  write(text: string, read: ReadText, change: Change, sample: string): Promise<readonly string[]>;
  /** The part of a large text that is needed; `undefined` where it is not certain that no other is. */
  excerpt?(text: string, path: KeyPath, purpose: Purpose): Excerpt | undefined;
  /** Why a value cannot be written in it at all, as a part of a sentence: `because …`. */
  refusal?(value: unknown): string | undefined;
}

/** What a text says, and where. */
export interface ReadText {
  readonly data: Section;
  /** Made each time that it is asked for. */
  readonly root: () => ConfigNode | undefined;
}
