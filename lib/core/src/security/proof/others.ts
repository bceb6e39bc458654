import { accessSync, constants, lstatSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isWithin, realPath } from '../../platform/real-path.js';
import { nodeFiles } from '../sandbox/node-files.js';

/** Where systems keep what people and programs have, and what is nothing for plugins. What macOS keeps in /etc, it shows to everybody. */
const FOLDERS = process.platform === 'linux' ? ['/etc', '/home', '/root', '/var', '/opt', '/srv', '/mnt', '/media', '/run'] : ['/Users'];

/** Enough of a folder to see whether it is shown. */
const MOST = 20;

/** Files and folders that this process may read, and that no confined one may that was granted only `granted`. */
export function filesOfOthers(granted: readonly string[]): readonly string[] {
  const { read, links } = nodeFiles();
  const shown = [...granted, ...read, ...links.map(({ path }) => path)];
  const isShown = (path: string): boolean => shown.some((each) => isWithin(each, path) || isWithin(path, each));
  const folders = [homedir(), ...FOLDERS].map(realPath).filter((folder) => folder !== undefined);
  return [...new Set(folders)].flatMap((folder) => entriesOf(folder).filter((path) => !isShown(path) && isReadable(path)).slice(0, MOST));
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Nothing that waits for somebody where it is opened, as pipes do. */
function isReadable(path: string): boolean {
  try {
    const stats = lstatSync(path);
    accessSync(path, constants.R_OK);
    return stats.isFile() || stats.isDirectory();
  } catch {
    return false;
  }
}
