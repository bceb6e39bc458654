import { isAbsolute, join, parse } from 'node:path';
import { walk, type WalkEntry, type WalkError, type WalkOptions } from '@structum/walk';
import { reasonOf } from './errors.js';
import { languageOf } from './language.js';
import type { Pulse } from './pulse.js';

/** Something that gets an entry in an archive. Folders end with `/`, and are there only when nothing below them is. */
export type Planned =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string | undefined }
  | { readonly kind: 'other'; readonly path: string }
  | { readonly kind: 'repository'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

/** One archive: where it goes and what is in it. */
export interface Part {
  /** Absolute path, or `-`. */
  readonly output: string;
  /** What tells this part from its siblings; empty when there is only one, and for the one that has the root's own files. */
  readonly label: string;
  readonly entries: readonly Planned[];
}

/** What to look for; see the options of the walk. */
type Selection = Pick<WalkOptions, 'extensions' | 'ignore' | 'gitignore' | 'hidden' | 'env'>;

/** How to divide what was found among archives. */
export interface Division {
  readonly byFolder: boolean;
  readonly byType: boolean;
}

/** What {@link collect} needs to know besides the root. */
export interface Collection {
  readonly selection: Selection;
  /** Recognises what must not be in the archive. */
  readonly isOwn: (path: string) => boolean;
  /** Told of what could not be read and has no entry: git's settings outside of the root. */
  readonly onForeignError: (error: WalkError) => void;
  readonly pulse: Pulse;
}

/** All that belongs into an archive of `root`, in the order of the walk. */
export async function collect(root: string, { selection, isOwn, onForeignError, pulse }: Collection): Promise<Planned[]> {
  const found: Planned[] = [];
  const errors = new Map<string, WalkError>();
  const options: WalkOptions = { ...selection, onError: (error) => errors.set(error.path, error) };
  for (const entry of walk(root, options)) {
    const planned = isOwn(entry.path) ? undefined : plannedOf(entry, errors.get(entry.path));
    if (planned !== undefined) found.push(planned);
    errors.delete(entry.path);
    const rest = pulse.beat();
    if (rest !== undefined) await rest;
  }
  for (const error of errors.values()) if (isForeign(error)) onForeignError(error);
  return [...found, ...withoutEntry(errors)];
}

function plannedOf(entry: WalkEntry, error: WalkError | undefined): Planned | undefined {
  switch (entry.kind) {
    case 'file':
      return { kind: 'file', path: entry.path };
    case 'symlink':
      return { kind: 'symlink', path: entry.path, target: entry.linkTarget };
    case 'other':
      return { kind: 'other', path: entry.path };
    case 'directory':
      if (entry.isNestedRepository === true) return { kind: 'repository', path: `${entry.path}/` };
      return entry.isUnreadable === true ? { kind: 'unreadable', path: `${entry.path}/`, reason: reasonOf(error) } : undefined;
  }
}

function isForeign({ path }: WalkError): boolean {
  return path === '.' || isAbsolute(path);
}

/** What the walk could not even list: names that cannot be decoded. */
function withoutEntry(errors: ReadonlyMap<string, WalkError>): Planned[] {
  return [...errors.values()]
    .filter((error) => !isForeign(error))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map((error) => ({ kind: 'unreadable', path: error.path, reason: reasonOf(error) }));
}

/**
 * Divides entries among archives; without a division they are one.
 * @param output - Absolute path of the whole archive; the parts are named after it: `archive-src.md`.
 */
export function divide(entries: readonly Planned[], { byFolder, byType }: Division, output: string): Part[] {
  if (!byFolder && !byType) return [{ output, label: '', entries }];
  const groups = new Map<string, Planned[]>();
  for (const entry of entries) {
    const label = [...(byFolder ? [topFolder(entry.path)] : []), ...(byType ? [typeOf(entry)] : [])].filter((part) => part !== '').join('-');
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [entry]);
    else group.push(entry);
  }
  if (groups.size === 0) return [{ output, label: '', entries }];
  const name = partNames(output);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([label, group]) => ({ output: name(label), label, entries: group }));
}

/** The folder of the root that a path lies in; empty for what lies in the root itself. */
function topFolder(path: string): string {
  const slash = path.indexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

function typeOf(entry: Planned): string {
  return (entry.kind === 'file' ? languageOf(entry.path) : undefined) ?? 'other';
}

/** Gives every label a file name of its own, also where upper and lower case are the same. */
function partNames(output: string): (label: string) => string {
  const { dir, name: stem, ext } = parse(output);
  const taken = new Set<string>();
  return (label) => {
    const wanted = label === '' ? stem : `${stem}-${label.replace(UNSAFE_IN_NAMES, '_').slice(0, LABEL_LENGTH)}`;
    let name = wanted;
    for (let next = 2; taken.has(name.normalize('NFC').toLowerCase()); next++) name = `${wanted}-${String(next)}`;
    taken.add(name.normalize('NFC').toLowerCase());
    return join(dir, `${name}${ext}`);
  };
}

const UNSAFE_IN_NAMES = /[^\p{L}\p{M}\p{N}._+-]/gu;

/** Names may have 255 bytes on most systems, and a letter up to four. */
const LABEL_LENGTH = 48;
