/** What stands in an archive in the place of a content. */
export type Mention =
  | { readonly kind: 'symlink'; readonly target: string | undefined }
  | { readonly kind: 'other' }
  | { readonly kind: 'repository' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * What gets an entry in an archive, in order. Nearly all are files, of which only the path is kept: there can
 * be hundreds of thousands.
 */
export class Entries {
  /** Relative to the archived folder, with `/`. Folders end with one, and are there only when nothing below them is. */
  readonly paths: string[] = [];
  private readonly mentions = new Map<number, Mention>();

  get count(): number {
    return this.paths.length;
  }

  /** Adds a file, or something that is only mentioned. */
  add(path: string, mention?: Mention): void {
    if (mention !== undefined) this.mentions.set(this.paths.length, mention);
    this.paths.push(path);
  }

  /** How the entry at `index` is mentioned; `undefined` for files. */
  mentionAt(index: number): Mention | undefined {
    return this.mentions.get(index);
  }
}
