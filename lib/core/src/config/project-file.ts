import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldersFrom } from '../platform/folders.js';

/** A project's configuration. */
const PROJECT_FILE = '.structum.yaml';

/**
 * The configuration file of the project that `folder` belongs to: the nearest from there up to the root of its
 * repository; where there is none, the one that could be made in that root. Outside of a repository only `folder`
 * itself counts: above it, anybody may have left one.
 */
export function projectConfigFile(folder: string): string {
  const passed: string[] = [];
  for (const current of foldersFrom(folder)) {
    passed.push(current);
    if (existsSync(join(current, '.git'))) {
      return join(passed.find((candidate) => existsSync(join(candidate, PROJECT_FILE))) ?? current, PROJECT_FILE);
    }
  }
  return join(folder, PROJECT_FILE);
}
