import { isAbsolute, join, parse } from 'node:path';
import { walk, type WalkEntry, type WalkError, type WalkOptions } from '@structum/walk';
import { Entries } from './entries.js';
import { reasonOf } from './errors.js';
import { languageOf } from './language.js';
import type { Pulse } from './pulse.js';

/** One archive: where it goes and what is in it. */
export interface Part {
  /** Absolute path, or `-`. */
  readonly output: string;
  /** What tells this part from its siblings; empty when there is only one, and for the one that has the root's own files. */
  readonly label: string;
  readonly entries: Entries;
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
export async function collect(root: string, { selection, isOwn, onForeignError, pulse }: Collection): Promise<Entries> {
  const found = new Entries();
  const errors = new Map<string, WalkError>();
  const options: WalkOptions = { ...selection, onError: (error) => errors.set(error.path, error) };
  for (const entry of walk(root, options)) {
    if (!isOwn(entry.path)) add(found, entry, errors.get(entry.path));
    errors.delete(entry.path);
    const rest = pulse.beat();
    if (rest !== undefined) await rest;
  }
  for (const error of errors.values()) {
    if (isForeign(error)) onForeignError(error);
    // What was left out of the walk, and was to be read even so: an ignore file.
    else found.add(error.path, { kind: 'unreadable', reason: reasonOf(error) });
  }
  return found;
}

function add(found: Entries, { path, kind, linkTarget, isNestedRepository, isUnreadable }: WalkEntry, error: WalkError | undefined): void {
  const shown = kind === 'directory' ? `${path}/` : path;
  if (isUnreadable) found.add(shown, { kind: 'unreadable', reason: reasonOf(error) });
  else if (isNestedRepository) found.add(shown, { kind: 'repository' });
  else if (kind === 'symlink') found.add(shown, { kind, target: linkTarget });
  else if (kind === 'other') found.add(shown, { kind });
  else if (kind === 'file') found.add(shown);
}

function isForeign({ path }: WalkError): boolean {
  return path === '.' || isAbsolute(path);
}

/**
 * Divides entries among archives; without a division they are one.
 * @param output - Absolute path of the whole archive; the parts are named after it: `archive-src.md`.
 */
export function divide(entries: Entries, { byFolder, byType }: Division, output: string): Part[] {
  if ((!byFolder && !byType) || entries.count === 0) return [{ output, label: '', entries }];
  const groups = new Map<string, Entries>();
  for (const [index, path] of entries.paths.entries()) {
    const mention = entries.mentionAt(index);
    const type = mention === undefined ? languageOf(path) : undefined;
    const label = [...(byFolder ? [topFolder(path)] : []), ...(byType ? [type ?? 'other'] : [])].filter((part) => part !== '').join('-');
    const group = groups.get(label) ?? new Entries();
    group.add(path, mention);
    groups.set(label, group);
  }
  const name = partNames(output);
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([label, group]) => ({ output: name(label), label, entries: group }));
}

/** The folder of the root that a path lies in; empty for what lies in the root itself. */
function topFolder(path: string): string {
  const slash = path.indexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
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
