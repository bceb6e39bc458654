import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** A link to a plugin under development that is not there any more. */
export interface DanglingLink {
  /** The name of the plugin's package. */
  readonly name: string;
  /** Where it leads. */
  readonly target: string;
}

/** The links in a folder of them, by the names of packages, that lead nowhere. */
export function danglingLinks(folder: string): readonly DanglingLink[] {
  const names = entriesOf(folder).flatMap((name) => (name.startsWith('@') ? entriesOf(join(folder, name)).map((own) => `${name}/${own}`) : [name]));
  return names.flatMap((name) => {
    const target = targetOf(join(folder, name));
    return target === undefined ? [] : [{ name, target }];
  });
}

/** What begins with a dot is on its way in or out. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.')).sort();
  } catch {
    return [];
  }
}

/** Where a link leads that leads nowhere. */
function targetOf(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() && !existsSync(path) ? readlinkSync(path).replace(/[\\/]$/, '') : undefined;
  } catch {
    return undefined;
  }
}
