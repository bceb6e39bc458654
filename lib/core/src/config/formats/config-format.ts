import type { KeyPath, Section } from '../section.js';

/** A language that configuration files are written in. */
export interface ConfigFormat {
  readonly name: 'yaml' | 'json' | 'toml';
  /** With their dots, in lower case; the first is the usual one. */
  readonly extensions: readonly string[];
  /**
   * Reads a file's text.
   * @throws `CONFIG_FILE_INVALID`, with all problems that can be found.
   */
  parse(text: string, file: string): Promise<ConfigDocument>;
  /**
   * Where the deepest key of the path stands that is there, in a text that was parsed before: of a large one only the part
   * around it is read.
   * @throws `CONFIG_FILE_INVALID`.
   */
  positionOf(text: string, file: string, path: KeyPath): Promise<Position>;
  /**
   * The text with one setting changed, and every other character as it is: comments, order, quotes, line ends, a byte
   * order mark. Of a list or a mapping that becomes another one, what stays in it keeps its lines; comments within a value
   * that is replaced or removed go with it, and those on the lines of an item of a list, or right above them.
   * @throws `CONFIG_UNEDITABLE` where something else would change, `CONFIG_FILE_INVALID`.
   */
  edit(text: string, file: string, change: Change, options?: TextOptions): Promise<string>;
}

/** What is known of a text. */
export interface TextOptions {
  /**
   * Whether it was parsed before, and is whole: of a large one, only the part that is changed is then read, where the rest
   * certainly says nothing about it.
   */
  readonly isKnown?: boolean;
}

/** What a file says, and where. */
export interface ConfigDocument {
  readonly file: string;
  /** As it was given. */
  readonly text: string;
  /** Empty for an empty file. Values that the file names twice may be one object. */
  readonly data: Section;
  /** Where the deepest key of the path stands that is there; items of lists are keys by their number. */
  positionOf(path: KeyPath): Position;
}

/** A place in a text. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units; a byte order mark is none. */
  readonly column: number;
}

/** One setting, as it is to be. */
export interface Change {
  readonly path: KeyPath;
  /** Plain data; `undefined` removes the key. A mapping that loses its last key stays, as an empty one. */
  readonly value: unknown;
}
