import { statSync } from 'node:fs';
import type { InputSchema } from '../contract/index.js';
import { isInFolder, thisSystem, type PathSystem } from '../platform/path-system.js';
import { walkedPath, type WalkedPath } from '../platform/walked-path.js';
import type { ResolveOptions } from './permissions.js';

/** What the paths allow that a user names for one call: exactly these, with all links resolved. */
export interface PathGrants {
  readonly read: readonly string[];
  /** Also of what is not there yet. */
  readonly write: readonly string[];
}

/** One call of a command. */
export interface GrantingCall {
  readonly schema: InputSchema;
  /** Completed. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What the caller said of it. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Absolute; what paths are relative to. */
  readonly cwd: string;
  /** What the caller may do himself, where that is a plugin: it can give no more. */
  readonly callers?: PathGrants;
}

/**
 * The paths in a command's input, for the arguments and options that are described as paths. What its user does not name
 * himself, but the plugin's default, a setting or a variable that the plugin asks for, only counts where it is in the folder
 * that the command works in, and for a file: no folder, and nothing of git's own.
 */
export function pathGrants(call: GrantingCall, { system = thisSystem, missing = false }: ResolveOptions = {}): PathGrants {
  const workspace = walkedPath(call.cwd, system)?.path;
  const paths = (access: 'read' | 'write'): readonly string[] => {
    const named = Object.entries(call.schema.properties).filter(([, property]) => property['x-structum'].path === access)
      .flatMap(([name]) => pathsOf(call, name, system).filter((walked) => isNamed(call, name) || (workspace !== undefined && isHarmless(walked, workspace, system))));
    const granted = named.filter(({ exists }) => exists || access === 'write' || missing).map(({ path }) => path);
    return [...new Set(granted)].filter((path) => call.callers === undefined || call.callers[access].some((folder) => isInFolder(path, folder, system)));
  };
  return { read: paths('read'), write: paths('write') };
}

function pathsOf({ input, cwd }: GrantingCall, name: string, system: PathSystem): readonly WalkedPath[] {
  const value = Object.hasOwn(input, name) ? input[name] : undefined;
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.flatMap((item) => {
    const isPath = typeof item === 'string' && item !== '' && !item.includes('\0');
    return isPath ? walkedPath(system.path.resolve(cwd, item), system) ?? [] : [];
  });
}

/** Whether it was the caller who said it. */
function isNamed({ given }: GrantingCall, name: string): boolean {
  return Object.hasOwn(given, name) && given[name] !== undefined;
}

/** What the plugin itself may have said, or had said. */
function isHarmless({ path, exists }: WalkedPath, workspace: string, system: PathSystem): boolean {
  if (!isInFolder(path, workspace, system) || system.path.relative(workspace, path).toLowerCase().split(system.path.sep).includes('.git')) return false;
  return !exists || statSync(path, { throwIfNoEntry: false })?.isFile() !== false;
}
