import { Argument, Option } from '@structum/core';

/** What the archive is called when nobody says. */
export const DEFAULT_OUTPUT = 'archive.md';

/** What `archive` takes. */
export class ArchiveInput {
  @Argument({ description: 'The folder to archive', path: 'read', minLength: 1 })
  directory = '.';

  @Option('-o,--output', { description: 'The file to write; - for the output', path: 'write', placeholder: 'file', minLength: 1 })
  output = DEFAULT_OUTPUT;

  @Option('-e,--ext', { description: 'Only files with these extensions', items: { type: 'string', minLength: 1 }, separator: ',', placeholder: 'extension' })
  ext: string[] = [];

  @Option('-i,--ignore', {
    description: 'Leave out what matches, in the syntax of .gitignore',
    items: { type: 'string', minLength: 1 },
    separator: ',',
    placeholder: 'pattern',
  })
  ignore: string[] = [];

  @Option('--title', { description: "The title; the folder's name when left out", placeholder: 'text' })
  title = '';

  @Option('--split-folder', { description: 'Write one archive for each top-level folder' })
  splitFolder = false;

  @Option('--split-type', { description: 'Write one archive for each language' })
  splitType = false;

  @Option('--toc', { description: 'Begin with a table of contents' })
  toc = true;

  @Option('--tree', { description: 'Draw the tree' })
  tree = true;

  @Option('--hidden', { description: 'Also what begins with a dot, but for .git' })
  hidden = true;

  @Option('--gitignore', { description: 'Leave out what matches .gitignore' })
  gitignore = true;
}
