import { defineService } from '@structum/core';
import type { Theme } from './theme.js';

/** Draws trees for other plugins. */
export interface TreeService {
  /**
   * Draws the tree that `paths` make, for people: lines without a line feed after the last.
   *
   * The same paths in any order give the same text. Control characters in names are escaped.
   * @param paths - Of files, relative, with `/`. One that ends with `/` is a folder; the folders that files lie in need not be named.
   */
  draw(paths: readonly string[], options?: DrawOptions): Promise<string>;
}

/** How {@link TreeService.draw} draws. */
export interface DrawOptions {
  /** What stands at the top; no such line when left out. */
  readonly rootLabel?: string;
  /** `unicode` when left out, whatever the terminal. */
  readonly theme?: Theme;
}

export const TreeService = defineService<TreeService>('structum.tree', { remote: true });
