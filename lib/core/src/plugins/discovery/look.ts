import { lstatSync, readdirSync, statSync, type Dirent, type Stats } from 'node:fs';

const WITHOUT_ERROR = { throwIfNoEntry: false } as const;

/** Asks without an error for what is not there; what cannot be asked, in a loop of links or a closed folder, is not there either. */
export function look(path: string): Stats | undefined {
  try {
    return statSync(path, WITHOUT_ERROR);
  } catch {
    return undefined;
  }
}

/** As `look`, of the link itself where `path` is one. */
export function lookAtLink(path: string): Stats | undefined {
  try {
    return lstatSync(path, WITHOUT_ERROR);
  } catch {
    return undefined;
  }
}

/** What is in a folder, by name; nothing in one that may not be read, for it cannot be imported from either. */
export function list(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
