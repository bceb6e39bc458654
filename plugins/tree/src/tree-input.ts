import { Argument, Option } from '@structum/core';
import { THEMES, type Theme } from './theme.js';

/** The input of `structum tree`. */
export class TreeInput {
  @Argument({ description: 'The folder to draw', path: 'read', minLength: 1 })
  directory = '.';

  @Option('-e,--ext', { description: 'Only files with these extensions', items: { type: 'string', minLength: 1 }, separator: ',', placeholder: 'extension' })
  ext: string[] = [];

  @Option('-i,--ignore', { description: 'Leave out what matches, in the syntax of .gitignore', items: { type: 'string' }, separator: ',', placeholder: 'pattern', setting: 'ignore' })
  ignore: string[] = [];

  @Option('-d,--depth', { description: 'How many levels to draw', type: 'integer', minimum: 1 })
  depth?: number;

  @Option('-t,--theme', { description: 'The look; unicode where the terminal can show it, else ascii', type: 'string', enum: THEMES, setting: 'theme' })
  theme?: Theme;

  @Option('-s,--stats', { description: 'Count folders and files below the tree' })
  stats = false;

  @Option('--hidden', { description: 'Also what begins with a dot', setting: 'hidden' })
  hidden = false;

  @Option('--empty', { description: 'Also folders that hold nothing, or nothing that is shown' })
  empty = true;

  @Option('--gitignore', { description: 'Leave out what matches .gitignore', setting: 'gitignore' })
  gitignore = true;
}
