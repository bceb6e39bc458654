import { constants } from 'node:fs';
import { join, relative } from 'node:path';
import type { FolderRules } from '../ignore/folder-rules.js';
import { PatternList } from '../ignore/pattern-list.js';
import { readRegularFile, readSmallFile } from '../small-file.js';
import type { Repository } from './git-folder.js';
import type { GitSettings } from './settings.js';

/**
 * Adds to `rules` what git would apply to `folder` before it looks into it: the user's ignore file, the
 * repository's `info/exclude`, and the `.gitignore` of every folder from its top down to the parent of `folder`.
 */
export function addStandardRules(rules: FolderRules, folder: string, repository: Repository | undefined, settings: GitSettings): FolderRules {
  const from = repository === undefined ? '' : slashed(relative(repository.root, folder));
  let result = rules;
  if (settings.excludesFile !== undefined) result = addFile(result, settings.excludesFile, from, settings);
  if (repository === undefined) return result;
  result = addFile(result, join(repository.git.commonPath, 'info', 'exclude'), from, settings);
  const parts = from === '' ? [] : from.split('/');
  for (const index of parts.keys()) {
    const parent = join(repository.root, ...parts.slice(0, index));
    const list = readIgnoreFile(parent, settings.ignoreCase, () => undefined);
    if (list !== undefined) result = result.add(list, parts.slice(index).join('/'));
  }
  return result;
}

function addFile(rules: FolderRules, file: string, from: string, settings: GitSettings): FolderRules {
  const content = readSmallFile(file);
  return content === undefined ? rules : rules.add(new PatternList(content.toString('latin1'), settings.ignoreCase), from);
}

/** The `.gitignore` of `folder`, unless there is none; git does not follow one that is a symbolic link. */
export function readIgnoreFile(folder: string, ignoreCase: boolean, onError: (thrown: unknown) => void): PatternList | undefined {
  try {
    const content = readRegularFile(join(folder, IGNORE_FILE), NO_FOLLOWING);
    return content === undefined ? undefined : new PatternList(content.toString('latin1'), ignoreCase);
  } catch (error) {
    onError(error);
    return undefined;
  }
}

export const IGNORE_FILE = '.gitignore';

const NO_FOLLOWING = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

function slashed(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
