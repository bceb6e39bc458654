import { StructumError } from '@structum/core';

/** Exit code of a command line for what its user has to correct. */
const USAGE = 2;

/** The folder to archive cannot be: `ARCHIVE_DIRECTORY_MISSING`, `ARCHIVE_DIRECTORY_NOT_A_FOLDER` or `ARCHIVE_DIRECTORY_UNREADABLE`. */
export function directoryError(directory: string, thrown: unknown): StructumError {
  const code = systemCode(thrown);
  if (code === 'ENOENT') {
    return new StructumError({
      code: 'ARCHIVE_DIRECTORY_MISSING',
      message: `There is no folder ${directory}.`,
      hint: 'Check the path; relative ones are relative to the current folder.',
      details: { directory },
      exitCode: USAGE,
      cause: thrown,
    });
  }
  if (code === 'ENOTDIR') return notAFolder(directory);
  return new StructumError({
    code: 'ARCHIVE_DIRECTORY_UNREADABLE',
    message: `The folder ${directory} could not be read: ${reasonOf(thrown)}.`,
    hint: 'Check that you may read it.',
    details: { directory, reason: code },
    cause: thrown,
  });
}

/** What was named as the folder to archive is a file. */
export function notAFolder(directory: string): StructumError {
  return new StructumError({
    code: 'ARCHIVE_DIRECTORY_NOT_A_FOLDER',
    message: `${directory} is not a folder.`,
    hint: 'Name the folder that it lies in; --ext and --ignore choose among its files.',
    details: { directory },
    exitCode: USAGE,
  });
}

/** The archive cannot be written: `ARCHIVE_OUTPUT_FOLDER_MISSING`, or `ARCHIVE_OUTPUT_UNWRITABLE` for all else. */
export function outputError(output: string, folder: string, thrown: unknown): StructumError {
  const code = systemCode(thrown);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new StructumError({
      code: 'ARCHIVE_OUTPUT_FOLDER_MISSING',
      message: `The archive ${output} cannot be written: there is no folder ${folder}.`,
      hint: 'Create the folder first, or choose another --output.',
      details: { output, folder },
      exitCode: USAGE,
      cause: thrown,
    });
  }
  return new StructumError({
    code: 'ARCHIVE_OUTPUT_UNWRITABLE',
    message: `The archive ${output} could not be written: ${reasonOf(thrown)}.`,
    hint: code === 'ENOSPC' ? 'Make room, or choose another --output.' : 'Check that you may write there, or choose another --output.',
    details: { output, reason: code },
    cause: thrown,
  });
}

/** A folder stands where the archive should be written. */
export function outputIsAFolder(output: string): StructumError {
  return new StructumError({
    code: 'ARCHIVE_OUTPUT_IS_A_FOLDER',
    message: `The archive cannot be written to ${output}: that is a folder.`,
    hint: 'Name a file in it: --output <folder>/archive.md.',
    details: { output },
    exitCode: USAGE,
  });
}

/** Something that is no archive has a name that nobody chose for the archive: it may be somebody's work. */
export function outputInTheWay(path: string): StructumError {
  return new StructumError({
    code: 'ARCHIVE_OUTPUT_EXISTS',
    message: `The archive would replace ${path}, which is not an archive.`,
    hint: 'Move it away, or choose another --output. The parts of a split archive are named after it.',
    details: { path },
    exitCode: USAGE,
  });
}

/** Several archives cannot go through one stream. */
export function splitToOutput(): StructumError {
  return new StructumError({
    code: 'ARCHIVE_SPLIT_NEEDS_FILES',
    message: 'A split archive has several files and cannot be written to the output.',
    hint: 'Leave out --split-folder and --split-type, or name a file with --output.',
    exitCode: USAGE,
  });
}

/** The system's own code of an error of `node:fs`: `EACCES`. */
function systemCode(thrown: unknown): string {
  const code: unknown = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}

/** An error of `node:fs` in plain words, the same on every platform. */
export function reasonOf(thrown: unknown): string {
  const code = systemCode(thrown);
  return REASONS[code] ?? code;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ERR_ACCESS_DENIED: 'permission denied',
  ENOENT: 'it is no longer there',
  ELOOP: 'it has become a symbolic link',
  EISDIR: 'it has become a folder',
  ENOTDIR: 'a folder above it is gone',
  ESPIPE: 'it has become a pipe',
  ENXIO: 'it has become a pipe or a device',
  ENAMETOOLONG: 'its path is too long for this system',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EBUSY: 'another program is using it',
  INVALID_NAME: 'its name is not valid UTF-8',
  EIO: 'input/output error',
};
