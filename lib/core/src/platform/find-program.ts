import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Endings of programs that Windows runs without a shell. */
const WINDOWS_ENDINGS = ['.exe', '.com'];

/**
 * The file of a program: of a name, by the folders of `PATH`; of an absolute path, that. `undefined` where there is none.
 * Never in the folder where something happens to work, and never what only a shell can run.
 */
export async function findProgram(program: string, path = process.env.PATH ?? ''): Promise<string | undefined> {
  if (isAbsolute(program)) return (await isProgram(program)) ? program : undefined;
  if (/[\\/]/.test(program) || program === '') return undefined;
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    for (const name of namesOf(program)) {
      const file = join(folder, name);
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

function namesOf(program: string): readonly string[] {
  if (process.platform !== 'win32') return [program];
  return WINDOWS_ENDINGS.some((ending) => program.toLowerCase().endsWith(ending)) ? [program] : WINDOWS_ENDINGS.map((ending) => `${program}${ending}`);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
