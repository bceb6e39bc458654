import { join, resolve } from 'node:path';

/** What the path in `${file:…}` may be relative to. */
export interface SecretPlace {
  /** The folder of the file that holds the reference; absent where that is none. */
  readonly folder?: string | undefined;
  /** The folder that the host works in. */
  readonly cwd: string;
  /** The user's, where there is one. */
  readonly home: string | undefined;
}

/** The absolute path of what `${file:<target>}` names; `undefined` where that is in the home of a user who has none. */
export function secretPath(target: string, { cwd, folder = cwd, home }: SecretPlace): string | undefined {
  const path = target.trim();
  if (!/^~(?:[\\/]|$)/.test(path)) return resolve(folder, path);
  return home === undefined ? undefined : join(home, path.slice(1));
}
