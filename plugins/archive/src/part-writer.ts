import { isDeepStrictEqual } from 'node:util';
import type { TreeService } from '@structum/plugin-tree';
import { Anchors } from './anchors.js';
import { Batch } from './batch.js';
import type { Destination } from './destination.js';
import type { Entries, Mention } from './entries.js';
import { reasonOf } from './errors.js';
import { NotThisEncoding, type FileContent, type FileReader, type LongText, type ShortText, type TextProperties } from './file-reader.js';
import { languageOf } from './language.js';
import { code, factsOf, fence, heading, link, longestRun, note, preamble, section } from './markdown.js';
import type { Pulse } from './pulse.js';
import type { Skipped, SkipReason } from './result.js';
import { TextFactsBuilder } from './text-facts.js';

/** What every part of one run shares. */
export interface Workshop {
  /** The archived folder, absolute. */
  readonly root: string;
  readonly reader: FileReader;
  readonly pulse: Pulse;
  /** Draws the tree, where one is wanted. */
  readonly tree: TreeService | undefined;
  /** Whether there is a table of contents. */
  readonly toc: boolean;
  /** Told of each entry that has no content in the archive, or not all of it. */
  readonly onSkip: (skipped: Skipped) => void;
  /** Told of each entry that is done. */
  readonly onEntry: () => void;
}

/** Writes one archive: what comes first is known beforehand, then entry by entry as they are read. */
export class PartWriter {
  private readonly batch: Batch;
  private texts = 0;

  constructor(
    private readonly workshop: Workshop,
    destination: Destination,
  ) {
    this.batch = new Batch(destination);
  }

  /** Writes everything and returns how many texts, and how many bytes in all. */
  async write(title: string, entries: Entries): Promise<{ files: number; bytes: number }> {
    const { paths } = entries;
    const anchors = new Anchors(paths);
    this.batch.text(preamble(title));
    if (this.workshop.toc && paths.length > 0) await this.writeContents(paths, anchors);
    if (this.workshop.tree !== undefined && paths.length > 0) await this.writeTree(this.workshop.tree, title, paths);
    this.batch.text(section('Files'));
    for (const [index, path] of paths.entries()) {
      this.batch.text(heading(path, anchors.at(index)));
      const mention = entries.mentionAt(index);
      if (mention === undefined) await this.writeFile(path);
      else this.writeMention(path, mention);
      this.workshop.onEntry();
      await this.rest();
    }
    await this.batch.flush();
    return { files: this.texts, bytes: this.batch.size };
  }

  private async writeContents(paths: readonly string[], anchors: Anchors): Promise<void> {
    this.batch.text(`${section('Contents')}\n`);
    for (const [index, path] of paths.entries()) {
      this.batch.text(link(path, anchors.at(index)));
      await this.rest();
    }
  }

  private async writeTree(tree: TreeService, title: string, paths: readonly string[]): Promise<void> {
    // What is drawn around names has no backticks, so no line has a longer run than its path.
    const ticks = fence(paths.reduce((longest, path) => Math.max(longest, longestRun(path)), longestRun(title)));
    this.batch.text(`${section('Tree')}\n${ticks}text\n`);
    for (const line of tree.draw(paths, { rootLabel: title })) {
      this.batch.text(`${line}\n`);
      await this.rest();
    }
    this.batch.text(`${ticks}\n`);
  }

  private async writeFile(path: string): Promise<void> {
    const { root, reader, pulse } = this.workshop;
    try {
      await reader.read(`${root}/${path}`, pulse, (content) => this.writeContent(path, content));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const reason = reasonOf(error);
      this.skip(path, 'unreadable', reason, `could not be read: ${reason}`);
    }
  }

  private writeContent(path: string, content: FileContent): Promise<void> | undefined {
    switch (content.kind) {
      case 'empty':
        this.texts++;
        this.batch.text(note(['empty file']));
        return undefined;
      case 'binary':
        this.skip(path, 'binary', undefined, `binary file of ${String(content.bytes)} bytes, not included`);
        return undefined;
      case 'archive':
        this.skip(path, 'archive', undefined, 'an archive, not included');
        return undefined;
      case 'text':
        this.writeText(path, content);
        return undefined;
      case 'long text':
        return this.writeLongText(path, content);
    }
  }

  private writeText(path: string, content: ShortText): void {
    const closing = this.openFence(path, content);
    this.batch.bytes(content.text);
    this.batch.text(content.facts.finalNewline ? `${closing}\n` : `\n${closing}\n`);
    this.texts++;
  }

  /** The file may have changed since it was examined: whatever it is now, nothing breaks out of the fence. */
  private async writeLongText(path: string, content: LongText): Promise<void> {
    const closing = this.openFence(path, content);
    const copied = new TextFactsBuilder();
    const isWhole = await this.copyPieces(content, copied);
    const facts = copied.finish();
    this.batch.text(facts.finalNewline ? `${closing}\n` : `\n${closing}\n`);
    if (isWhole && isDeepStrictEqual(facts, content.facts)) this.texts++;
    else this.skip(path, 'changed', undefined, 'it changed while it was copied: not to be relied on');
  }

  /** @returns whether the file could be copied to its end. */
  private async copyPieces(content: LongText, copied: TextFactsBuilder): Promise<boolean> {
    try {
      for (const piece of content.pieces()) {
        const { longestFence } = copied.add(piece).finish();
        if (longestFence > content.facts.longestFence) return false;
        this.batch.bytes(piece);
        await this.rest();
      }
      return true;
    } catch (error) {
      if (error instanceof NotThisEncoding || isSystemError(error)) return false;
      throw error;
    }
  }

  /** @returns the fence that ends the text. */
  private openFence(path: string, content: TextProperties): string {
    const ticks = fence(content.facts.longestFence);
    this.batch.text(`${note(factsOf(content))}\n${ticks}${languageOf(path) ?? ''}\n`);
    return ticks;
  }

  private writeMention(path: string, mention: Mention): void {
    switch (mention.kind) {
      case 'symlink':
        this.skip(path, 'symlink', mention.target, `symbolic link${mention.target === undefined ? '' : ` to ${code(mention.target)}`}, not followed`);
        break;
      case 'other':
        this.skip(path, 'special', undefined, 'not a regular file, not included');
        break;
      case 'repository':
        this.skip(path, 'repository', undefined, 'a repository of its own, not included');
        break;
      case 'unreadable':
        this.skip(path, 'unreadable', mention.reason, `could not be read: ${mention.reason}`);
        break;
    }
  }

  private skip(path: string, reason: SkipReason, detail: string | undefined, fact: string): void {
    this.batch.text(note([fact]));
    this.workshop.onSkip({ path, reason, ...(detail === undefined ? {} : { detail }) });
  }

  private async rest(): Promise<void> {
    if (this.batch.isFull) await this.batch.flush();
    const rest = this.workshop.pulse.beat();
    if (rest !== undefined) await rest;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
