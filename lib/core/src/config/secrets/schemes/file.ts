import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../../../errors/index.js';
import { readLimited } from '../../../platform/read-file.js';
import { LARGEST_SECRET, secretText } from '../secret-text.js';
import { SecretFailure } from '../secret-failure.js';
import type { Scheme } from './scheme.js';

/** `${file:/run/secrets/token}`: what a file holds. It may begin with `~/`, or be relative to the folder of its configuration. */
export const file: Scheme = {
  lifetime: 0,
  resolve(target, { cwd, folder = cwd, home }) {
    const path = pathOf(target.trim(), folder, home);
    return secretText(contentOf(path), path);
  },
};

function pathOf(target: string, folder: string, home: string | undefined): string {
  if (!/^~(?:[\\/]|$)/.test(target)) return resolve(folder, target);
  if (home === undefined) throw new SecretFailure('unavailable', 'its user has no home');
  return join(home, target.slice(1));
}

function contentOf(path: string): Buffer {
  if (isFolder(path)) throw new SecretFailure('unavailable', `${path} is a folder`);
  try {
    return readLimited(path, LARGEST_SECRET);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new SecretFailure('unavailable', isMissing ? `there is no file ${path}` : `${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** Where nobody can look, reading tells why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
