import { isInFolder, thisSystem, type PathSystem } from '../platform/path-system.js';
import { walkedPath } from '../platform/walked-path.js';

/** A file that is to be replaced for a plugin. */
export interface GrantedFile {
  /** Where the path leads by now: through no link any more. */
  readonly file: string;
  /** Whether it may be replaced at all. */
  readonly isGranted: boolean;
  /** Whether the plugin may write in its folder, so that it can do that itself. */
  readonly isInOwnFolder: boolean;
}

/**
 * Holds a path against what a plugin may write. Those are the paths that were found when its call began: one that leads
 * elsewhere since then is not granted, whoever changed a link on the way.
 *
 * What is found stays where it is until it is written, as far as it depends on the plugin: it cannot move what lies in no
 * folder of its own, and what does lie in one, it has to write itself.
 *
 * @param path - Absolute.
 * @param write - Absolute, with all links resolved.
 */
export function grantedFile(path: string, write: readonly string[], system: PathSystem = thisSystem): GrantedFile {
  const file = path.includes('\0') ? undefined : walkedPath(path, system)?.path;
  if (file === undefined) return { file: path, isGranted: false, isInOwnFolder: false };
  const covers = (inner: string): boolean => write.some((granted) => isInFolder(inner, granted, system));
  return { file, isGranted: covers(file), isInOwnFolder: covers(system.path.dirname(file)) };
}
