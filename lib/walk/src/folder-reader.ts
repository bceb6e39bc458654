import { readlinkSync, realpathSync, type Dirent } from 'node:fs';
import type { EntryKind, WalkEntry } from './entry.js';
import { findRepository, gitFolderOf, type Repository } from './git/git-folder.js';
import { readGitSettings, systemIgnoresCase, type Environment, type GitSettings } from './git/settings.js';
import { addStandardRules, IGNORE_FILE, readIgnoreFile } from './git/standard-rules.js';
import { bytesOf } from './ignore/bytes.js';
import { FolderRules } from './ignore/folder-rules.js';
import { PatternList } from './ignore/pattern-list.js';
import { list, type Listing } from './listing.js';
import type { WalkOptions } from './options.js';
import { WalkError } from './walk-error.js';

/** What is listed of a folder, and what holds in it. */
export interface Folder {
  /** Sorted by name. */
  readonly entries: readonly WalkEntry[];
  readonly rules: FolderRules;
  /** `undefined` where `.gitignore` does not count. */
  readonly git: GitScope | undefined;
}

/** What of git holds in a folder. */
interface GitScope {
  readonly repository: Repository | undefined;
  readonly settings: GitSettings;
}

/** Reads folders one by one: lists, filters, sorts. */
export class FolderReader {
  private readonly prefix: string;
  private readonly hidden: boolean;
  private readonly extensions: readonly string[] | undefined;
  private readonly onError: (error: WalkError) => void;
  private readonly env: Environment;

  constructor(
    private readonly root: string,
    private readonly options: WalkOptions,
  ) {
    this.prefix = /[/\\]$/.test(root) ? root : `${root}/`;
    this.hidden = options.hidden ?? false;
    this.extensions = options.extensions?.length ? options.extensions.map(suffixOf) : undefined;
    this.onError = options.onError ?? (() => undefined);
    this.env = options.env ?? process.env;
  }

  /** Reads the root. @throws {@link WalkError} */
  readRoot(): Folder {
    const { path, listing } = openRoot(this.root);
    const { rules, git } = this.rulesOfRoot(path);
    return this.readEntries('', 1, listing, rules, git);
  }

  /** Reads `entry`, a folder in `parent`. */
  read(entry: WalkEntry, parent: Folder): Folder | 'unreadable' | 'nested-repository' {
    let listing: Listing;
    try {
      listing = list(this.prefix + entry.path);
    } catch (error) {
      this.onError(WalkError.from(entry.path, error));
      return 'unreadable';
    }
    const path = `${entry.path}/`;
    const inherited = parent.rules.enter(entry.name);
    const git = listing.dirents.some((dirent) => isDotGit(dirent.name, parent.git)) ? gitFolderOf(this.prefix + entry.path) : undefined;
    if (git === undefined) return this.readEntries(path, entry.depth + 1, listing, inherited, parent.git);
    if (parent.git?.repository !== undefined) return 'nested-repository';
    const repository = { root: this.prefix + entry.path, git };
    const settings = readGitSettings(repository, this.env);
    const rules = addStandardRules(inherited.withoutFiles(), repository.root, repository, settings);
    return this.readEntries(path, entry.depth + 1, listing, rules, { repository, settings });
  }

  private rulesOfRoot(path: string): { rules: FolderRules; git: GitScope | undefined } {
    const git = this.options.gitignore === false ? undefined : this.gitOf(path);
    const ownPatterns = new PatternList(bytesOf(this.options.ignore?.join('\n') ?? ''), git?.settings.ignoreCase ?? systemIgnoresCase());
    const rules = git === undefined ? FolderRules.none : addStandardRules(FolderRules.none, path, git.repository, git.settings);
    return { rules: rules.addFirst(ownPatterns), git };
  }

  /** What of git holds in the folder at `path`, which may lie anywhere in a repository, or in none. */
  private gitOf(path: string): GitScope {
    const repository = findRepository(path);
    return { repository, settings: readGitSettings(repository, this.env) };
  }

  /** @param path - Of the folder, with a slash at the end; empty for the root. */
  private readEntries(path: string, depth: number, { dirents, invalid }: Listing, inherited: FolderRules, git: GitScope | undefined): Folder {
    const rules = git !== undefined && dirents.some(isIgnoreFile) ? this.addOwnRules(path, inherited, git.settings) : inherited;
    const entries: WalkEntry[] = [];
    for (const dirent of dirents) {
      const { name } = dirent;
      const kind = kindOf(dirent);
      if (!this.leavesOut(name, kind, rules, git)) entries.push(this.entryOf(path + name, name, kind, depth));
    }
    for (const { dirent, name, shown } of invalid) {
      const kind = kindOf(dirent);
      if (!this.leavesOut(name, kind, rules, git)) entries.push(this.invalidEntry(path + shown, shown, kind, depth));
    }
    return { entries: entries.sort(byName), rules, git };
  }

  private leavesOut(name: string, kind: EntryKind, rules: FolderRules, git: GitScope | undefined): boolean {
    if (!this.hidden && name.startsWith('.')) return true;
    return !this.hasExtension(name, kind) || isDotGit(name, git) || rules.ignores(name, kind === 'directory');
  }

  private addOwnRules(path: string, inherited: FolderRules, settings: GitSettings): FolderRules {
    const own = readIgnoreFile(this.prefix + path, settings.ignoreCase, (thrown) => {
      this.onError(WalkError.from(path + IGNORE_FILE, thrown));
    });
    return own === undefined ? inherited : inherited.add(own);
  }

  private hasExtension(name: string, kind: EntryKind): boolean {
    if (this.extensions === undefined || kind === 'directory') return true;
    const lower = name.toLowerCase();
    return this.extensions.some((extension) => lower.endsWith(extension) && lower.length > extension.length);
  }

  private invalidEntry(path: string, name: string, kind: EntryKind, depth: number): WalkEntry {
    this.onError(new WalkError(path, 'INVALID_NAME', `${path} could not be read: its name is not valid UTF-8`));
    return { path, name, kind, depth, isUnreadable: true, hasInvalidName: true };
  }

  private entryOf(path: string, name: string, kind: EntryKind, depth: number): WalkEntry {
    if (kind !== 'symlink') return { path, name, kind, depth };
    const linkTarget = targetOf(this.prefix + path);
    return linkTarget === undefined ? { path, name, kind, depth } : { path, name, kind, depth, linkTarget };
  }
}

function suffixOf(extension: string): string {
  return `.${extension.replace(/^\./, '').toLowerCase()}`;
}

/** Lists the root and finds out where it really is: git's rules depend on that. */
function openRoot(root: string): { path: string; listing: Listing } {
  try {
    return { path: realpathSync(root), listing: list(root) };
  } catch (error) {
    throw WalkError.from(root, error);
  }
}

function isDotGit(name: string, git: GitScope | undefined): boolean {
  if (git === undefined || name.length !== DOT_GIT.length) return false;
  return name === DOT_GIT || (git.settings.ignoreCase && name.toLowerCase() === DOT_GIT);
}

const DOT_GIT = '.git';

/** Only a regular file counts; git does not follow a link here. */
function isIgnoreFile(dirent: Dirent): boolean {
  return dirent.name === IGNORE_FILE && dirent.isFile();
}

function kindOf(dirent: Dirent | Dirent<Buffer>): EntryKind {
  if (dirent.isFile()) return 'file';
  if (dirent.isDirectory()) return 'directory';
  return dirent.isSymbolicLink() ? 'symlink' : 'other';
}

/** `undefined` when the link is gone or cannot be read. */
function targetOf(path: string): string | undefined {
  try {
    const target = readlinkSync(path);
    return process.platform === 'win32' ? target.replaceAll('\\', '/') : target;
  } catch {
    return undefined;
  }
}

function byName(left: WalkEntry, right: WalkEntry): number {
  return left.name < right.name ? -1 : 1;
}
