import { setImmediate } from 'node:timers/promises';
import { resolve } from 'node:path';
import { Command, StructumError, type CommandContext, type Output } from '@structum/core';
import { WalkError } from '@structum/walk';
import { collectTree, type CollectOptions } from './collect.js';
import { renderTree } from './render.js';
import { TreeInput } from './tree-input.js';
import type { TreeResult } from './tree-result.js';

/** Draws a folder as a tree. */
@Command({
  path: 'tree',
  description: 'Draw a folder as a tree',
  details:
    'What matches .gitignore is left out, also when git tracks it, and so is what begins with a dot. Symbolic links are shown and not followed.\n\n' +
    'Exit code 1 says that the tree has gaps, because something could not be read.',
  examples: [
    { command: 'structum tree', description: 'Draw the current folder' },
    { command: 'structum tree src --depth 2 --stats', description: 'Two levels of src, and how much there is in them' },
    { command: 'structum tree --ext ts,md --no-empty', description: 'Only TypeScript and Markdown, and the folders that hold any' },
    { command: "structum tree --hidden --ignore '*.snap' --theme emoji", description: 'Also hidden files, without snapshots, with icons' },
    { command: 'structum tree --json', description: 'The same as data' },
  ],
  input: TreeInput,
})
export class TreeCommand {
  private input = new TreeInput();

  async execute(input: TreeInput, context: CommandContext): Promise<TreeResult> {
    this.input = input;
    const tree = await collect(resolve(context.cwd, input.directory), input, context);
    for (const error of tree.errors) context.logger.warn(error.message, { path: error.path, code: error.code });
    if (tree.errors.length > 0) context.setExitCode(1);
    return { root: input.directory, ...tree };
  }

  render(tree: TreeResult, out: Output): Promise<void> {
    return renderTree(tree, out, { theme: this.input.theme, stats: this.input.stats });
  }
}

async function collect(folder: string, input: TreeInput, context: CommandContext): Promise<Omit<TreeResult, 'root'>> {
  try {
    return await collectTree(folder, collectOptions(input, context));
  } catch (error) {
    throw error instanceof WalkError ? folderError(input.directory, error) : error;
  }
}

function collectOptions(input: TreeInput, { signal, progress, env }: CommandContext): CollectOptions {
  return {
    extensions: input.ext,
    ignore: input.ignore,
    hidden: input.hidden,
    gitignore: input.gitignore,
    empty: input.empty,
    env,
    signal,
    ...(input.depth === undefined ? {} : { maxDepth: input.depth }),
    onPause: (count) => {
      progress.report({ message: 'looking through folders', completed: count, unit: 'entries' });
      return setImmediate(); // lets a cancellation through
    },
  };
}

/** Says what is wrong with the folder that the user named. */
function folderError(folder: string, cause: WalkError): StructumError {
  const [code, problem, hint] = PROBLEMS.get(cause.code) ?? ['TREE_FOLDER_UNREADABLE', 'cannot be read', 'Look at the permissions of the folder.'];
  return new StructumError({ code, message: `${folder} ${problem}.`, hint, details: { folder, reason: cause.code }, exitCode: 2, cause });
}

const PROBLEMS: ReadonlyMap<string, readonly [code: string, problem: string, hint: string]> = new Map([
  ['ENOENT', ['TREE_FOLDER_MISSING', 'does not exist', 'Check the spelling; a relative path counts from the current folder.']],
  ['ENOTDIR', ['TREE_NOT_A_FOLDER', 'is not a folder', 'Name a folder, for instance the one that it lies in.']],
]);
