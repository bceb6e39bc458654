import { realpathSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command, Inject, type CommandContext, type FileReplacer, type Output } from '@structum/core';
import { TreeService } from '@structum/plugin-tree';
import { WalkError } from '@structum/walk';
import { ArchiveInput, DEFAULT_OUTPUT } from './archive-input.js';
import { isStandardOutput } from './descriptors.js';
import { openFile, toOutput, type Destination } from './destination.js';
import type { Entries } from './entries.js';
import { directoryError, notAFolder, outputInTheWay, splitToOutput } from './errors.js';
import { FileReader } from './file-reader.js';
import { isArchive, ownFiles, standardOutput } from './own-files.js';
import { PartWriter, type Workshop } from './part-writer.js';
import { collect, divide, type Part } from './plan.js';
import { Pulse } from './pulse.js';
import { isFailure, type ArchiveFile, type ArchiveResult, type Skipped } from './result.js';
import { failureOf, summaryOf } from './summary.js';
import { visibleStats } from './visible-stats.js';

@Command({
  path: 'archive',
  description: 'Write a folder and all texts in it as one Markdown file',
  details:
    'The archive has a table of contents, the tree, and every text under its path in a code block of its language. ' +
    'Texts are kept byte for byte; binary files, symbolic links and archives are listed. The same files always give the same archive.\n\n' +
    'Files that begin with a dot are texts like others; --no-hidden leaves them out. What matches .gitignore is left out, ' +
    'also when git tracks it; --no-gitignore brings it back. The folder .git is never archived.\n\n' +
    'Files are read one at a time, whatever their length; of each entry, its path and less than a kilobyte are held in memory.\n\n' +
    'Exit code 1 says that something could not be read.',
  examples: [
    { command: 'structum archive', description: 'The current folder as archive.md' },
    { command: 'structum archive src --ext ts,tsx --output src.md', description: 'Only the TypeScript below src' },
    { command: 'structum archive --ignore "*.test.ts" --ignore fixtures/', description: 'Without tests and fixtures' },
    { command: 'structum archive --split-folder', description: 'One archive for each top-level folder: archive-src.md, …' },
    { command: 'structum archive --output - | wc -c', description: 'To the next program' },
  ],
  input: ArchiveInput,
})
export class ArchiveCommand {
  constructor(@Inject(TreeService) private readonly tree: TreeService) {}

  /**
   * @throws `ARCHIVE_DIRECTORY_MISSING`, `ARCHIVE_DIRECTORY_NOT_A_FOLDER`, `ARCHIVE_DIRECTORY_UNREADABLE`,
   * `ARCHIVE_OUTPUT_FOLDER_MISSING`, `ARCHIVE_OUTPUT_IS_A_FOLDER`, `ARCHIVE_OUTPUT_UNWRITABLE`, `ARCHIVE_SPLIT_NEEDS_FILES`,
   * `ARCHIVE_OUTPUT_EXISTS`
   */
  async execute(input: ArchiveInput, context: CommandContext): Promise<ArchiveResult> {
    const root = resolve(context.cwd, input.directory);
    requireFolder(root);
    const parts = await planParts(root, input, context);
    const result = await this.writeParts(root, parts, input, context);
    if (result.skipped.some(isFailure)) context.setExitCode(1);
    return result;
  }

  render(result: ArchiveResult, out: Output): void {
    // The archive itself went to the output.
    if (result.outputs.some(({ path }) => path === '-' || isStandardOutput(path))) return;
    for (const line of summaryOf(result)) void out.line(line);
  }

  /** Every part is written beside its place first; only when all are whole do they take their places. */
  private async writeParts(root: string, parts: readonly Part[], input: ArchiveInput, context: CommandContext): Promise<ArchiveResult> {
    const skipped: Skipped[] = [];
    const outputs: ArchiveFile[] = [];
    const workshop = this.workshop(root, parts, input, context, skipped);
    const destinations: Destination[] = [];
    try {
      for (const { output, label, entries } of parts) {
        const destination = output === '-' ? toOutput(context.output) : await openFile(output, context);
        destinations.push(destination);
        const written = await new PartWriter(workshop, destination).write(titleOf(input, root, label), entries);
        await destination.close();
        outputs.push({ path: output, ...written });
      }
      for (const destination of destinations) await destination.commit();
    } finally {
      for (const destination of destinations) await destination.discard();
    }
    return { outputs, files: sum(outputs, 'files'), bytes: sum(outputs, 'bytes'), skipped };
  }

  private workshop(root: string, parts: readonly Part[], input: ArchiveInput, context: CommandContext, skipped: Skipped[]): Workshop {
    const total = parts.reduce((sum, { entries }) => sum + entries.count, 0);
    let completed = 0;
    return {
      root,
      reader: new FileReader(),
      pulse: new Pulse(context.signal, () => { context.progress.report({ message: 'archiving', completed, total, unit: 'files' }); }),
      tree: input.tree ? this.tree : undefined,
      toc: input.toc,
      onEntry: () => { completed++; },
      onSkip(skip) {
        skipped.push(skip);
        if (isFailure(skip)) context.logger.warn(failureOf(skip), { path: skip.path, reason: skip.reason });
      },
    };
  }
}

/** @throws `ARCHIVE_DIRECTORY_…` when there is no such folder. */
function requireFolder(path: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw directoryError(path, error);
  }
  if (!isFolder) throw notAFolder(path);
}

/** Finds what is to be archived, and divides it. */
async function planParts(root: string, input: ArchiveInput, context: CommandContext): Promise<Part[]> {
  const toOutputOnly = input.output === '-';
  if (toOutputOnly && (input.splitFolder || input.splitType)) throw splitToOutput();
  const output = toOutputOnly ? '-' : resolve(context.cwd, input.output);
  const entries = await findEntries(root, output, input, context);
  const parts = divide(entries, { byFolder: input.splitFolder, byType: input.splitType }, output);
  const named = input.output === DEFAULT_OUTPUT ? undefined : output;
  for (const part of parts) if (part.output !== named && part.output !== '-') requireReplaceable(part.output);
  return parts;
}

/** Nobody named this file, so only what an earlier run wrote may be replaced. A folder is refused when it is to be opened. */
function requireReplaceable(path: string): void {
  const existing = visibleStats(path);
  if (existing?.isFile() === true && existing.size > 0 && !isArchive(realpathSync(path))) throw outputInTheWay(path);
}

async function findEntries(root: string, output: string, input: ArchiveInput, context: CommandContext): Promise<Entries> {
  const isOwn = output === '-' ? () => false : await ownFilesOf(root, output, context);
  const isStandard = standardOutput(root);
  try {
    return await collect(root, {
      selection: { extensions: input.ext, ignore: [...input.ignore, '.git'], gitignore: input.gitignore, hidden: input.hidden, env: context.env },
      isOwn: (path) => isOwn(path) || isStandard(path),
      onForeignError: ({ message }) => { context.logger.warn(message); },
      pulse: new Pulse(context.signal, () => { context.progress.report({ message: 'listing files' }); }),
    });
  } catch (error) {
    if (error instanceof WalkError) throw directoryError(root, error);
    throw error;
  }
}

/** @throws `ARCHIVE_OUTPUT_…` when the output's folder is not there. */
async function ownFilesOf(root: string, output: string, files: FileReplacer): Promise<(path: string) => boolean> {
  try {
    return ownFiles(root, output);
  } catch {
    // Where this process is confined, it may be a folder that it does not see: then nothing in there can be archived.
    await (await openFile(output, files)).discard();
    return () => false;
  }
}

function titleOf({ title }: ArchiveInput, root: string, label: string): string {
  // Whatever name or link it was found by, the same folder gives the same archive.
  const whole = title === '' ? basename(realpathSync.native(root)) || 'archive' : title;
  return label === '' ? whole : `${whole}: ${label}`;
}

function sum(outputs: readonly ArchiveFile[], field: 'files' | 'bytes'): number {
  return outputs.reduce((total, output) => total + output[field], 0);
}
