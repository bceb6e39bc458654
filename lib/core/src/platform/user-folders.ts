import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where a program keeps what belongs to its user, as absolute paths; `undefined` for a user without a home. */
export interface UserFolders {
  /** What the user wrote: settings. */
  readonly config: string | undefined;
  /** What can be made again at any time. */
  readonly cache: string | undefined;
  /** What the user had installed. */
  readonly data: string | undefined;
  /** What was noted on the way: logs, histories. */
  readonly state: string | undefined;
}

/** Where a folder lies, by the names that it has below the folder of an environment variable, or of the home. */
interface Place {
  readonly xdg: string;
  readonly linux: readonly string[];
  readonly mac: readonly string[];
  readonly windows: { readonly variable: 'APPDATA' | 'LOCALAPPDATA'; readonly below: readonly string[]; readonly names: readonly string[] };
}

const ROAMING = { variable: 'APPDATA', below: ['AppData', 'Roaming'] } as const;
const LOCAL = { variable: 'LOCALAPPDATA', below: ['AppData', 'Local'] } as const;

const PLACES: Readonly<Record<keyof UserFolders, Place>> = {
  config: { xdg: 'XDG_CONFIG_HOME', linux: ['.config'], mac: ['Application Support', 'structum'], windows: { ...ROAMING, names: ['structum'] } },
  cache: { xdg: 'XDG_CACHE_HOME', linux: ['.cache'], mac: ['Caches', 'structum'], windows: { ...LOCAL, names: ['structum', 'Cache'] } },
  data: { xdg: 'XDG_DATA_HOME', linux: ['.local', 'share'], mac: ['Application Support', 'structum'], windows: { ...LOCAL, names: ['structum', 'Data'] } },
  state: { xdg: 'XDG_STATE_HOME', linux: ['.local', 'state'], mac: ['Application Support', 'structum', 'State'], windows: { ...LOCAL, names: ['structum', 'State'] } },
};

/**
 * The user's folders, none of which is made or looked at.
 *
 * The first of these that is an absolute path counts; a relative one would lead into whatever folder a command runs in:
 * - `STRUCTUM_CONFIG_HOME`, `STRUCTUM_CACHE_HOME`, `STRUCTUM_DATA_HOME`, `STRUCTUM_STATE_HOME`: the folder itself
 * - `structum` below `XDG_CONFIG_HOME` and its kin (XDG Base Directory Specification), on every system
 * - below `~/.config`, `~/.cache`, `~/.local/share`, `~/.local/state`; on macOS below `~/Library/Application Support`
 *   and `~/Library/Caches`; on Windows below `%APPDATA%` (settings) and `%LOCALAPPDATA%` (everything else)
 *
 * @param env - The environment variables.
 * @param platform - That of the process when left out.
 * @param home - The user's home; `HOME` (on Windows `USERPROFILE`), else what the system knows, when left out.
 */
export function userFolders(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform = process.platform, home?: string): UserFolders {
  const rules = platform === 'win32' ? win32 : posix;
  const absolute = (path: string | undefined): string | undefined => (path !== undefined && rules.isAbsolute(path) ? path : undefined);
  const below = (folder: string | undefined, ...names: readonly string[]): string | undefined => (folder === undefined ? undefined : rules.join(folder, ...names));
  const homeFolder = absolute(home ?? homeOf(env, platform));

  const ofSystem = ({ linux, mac, windows }: Place): string | undefined => {
    if (platform === 'win32') return below(absolute(env[windows.variable]) ?? below(homeFolder, ...windows.below), ...windows.names);
    return platform === 'darwin' ? below(homeFolder, 'Library', ...mac) : below(homeFolder, ...linux, 'structum');
  };
  const folder = (kind: keyof UserFolders): string | undefined =>
    absolute(env[`STRUCTUM_${kind.toUpperCase()}_HOME`]) ?? below(absolute(env[PLACES[kind].xdg]), 'structum') ?? ofSystem(PLACES[kind]);

  return { config: folder('config'), cache: folder('cache'), data: folder('data'), state: folder('state') };
}

/** The user's home: `HOME` (on Windows `USERPROFILE`), else what the system knows. */
export function homeOf(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform = process.platform): string | undefined {
  return env[platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? homeOfSystem();
}

/** A user may have none: in a container that runs with any number as its user. */
function homeOfSystem(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
