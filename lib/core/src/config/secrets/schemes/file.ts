import { statSync } from 'node:fs';
import { messageOf } from '../../../errors/index.js';
import { readLimited } from '../../../platform/read-file.js';
import { SecretFailure } from '../secret-failure.js';
import { secretPath } from '../secret-path.js';
import { LARGEST_SECRET, secretText } from '../secret-text.js';
import type { Scheme } from './scheme.js';

/** `${file:/run/secrets/token}`: what a file holds. It may begin with `~/`, or be relative to the folder of its configuration. */
export const file: Scheme = {
  lifetime: 0,
  resolve(target, place) {
    const path = secretPath(target, place);
    if (path === undefined) throw new SecretFailure('unavailable', 'its user has no home');
    return secretText(contentOf(path), path);
  },
};

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
