import { defineService } from '@structum/core';
import type { Theme } from './theme.js';

/** Draws trees for other plugins. */
export interface TreeService {
  /**
   * Draws the tree that `paths` make, for people: one line after the other, without line feeds.
   *
   * The same paths in any order give the same lines. Control characters in names are escaped. Lines are drawn
   * when they are taken, so that a large tree need not be held as text; paths in the order of a walk are not copied.
   * @param paths - Of files, relative, with `/`. One that ends with `/` is a folder; the folders that files lie in need not be named.
   */
  draw(paths: readonly string[], options?: DrawOptions): Iterable<string>;
}

/** How {@link TreeService.draw} draws. */
export interface DrawOptions {
  /** What stands at the top; no such line when left out. */
  readonly rootLabel?: string;
  /** `unicode` when left out, whatever the terminal. */
  readonly theme?: Theme;
}

export const TreeService = defineService<TreeService>('structum.tree');
