import { bytesOf } from './bytes.js';
import { parsePatterns, type NameTest, type PathTest } from './pattern.js';

/** A test of a whole path, with the place of its pattern in the list. */
export interface IndexedPathTest {
  readonly index: number;
  readonly foldersOnly: boolean;
  readonly test: PathTest;
}

/**
 * The patterns of one ignore file, indexed so that a name is compared with few of them.
 *
 * The last pattern that matches decides, so every look-up gives the index of a pattern, and the greatest wins.
 */
export class PatternList {
  /** The patterns that look at the path, last first. */
  readonly pathTests: readonly IndexedPathTest[];
  readonly isEmpty: boolean;
  private readonly negated: readonly boolean[];
  private readonly names = new Map<string, Slot>();
  /** By what follows the last dot of a name, dot included. */
  private readonly extensions = new Map<string, Slot>();
  /** The other patterns that look at the name alone, last first. */
  private readonly nameTests: IndexedNameTest[] = [];

  /**
   * @param content - The file as bytes, one character each.
   * @param ignoreCase - Whether names that are looked up come in lower case.
   */
  constructor(
    content: string,
    readonly ignoreCase: boolean,
  ) {
    const patterns = parsePatterns(content, ignoreCase);
    const pathTests: IndexedPathTest[] = [];
    for (const [index, { foldersOnly, test }] of patterns.entries()) {
      if (test.kind === 'path') pathTests.push({ index, foldersOnly, test });
      else this.addNameTest(index, foldersOnly, test);
    }
    this.pathTests = pathTests.reverse();
    this.nameTests.reverse();
    this.isEmpty = patterns.length === 0;
    this.negated = patterns.map((pattern) => pattern.negated);
  }

  /** Whether the pattern at `index` brings back what it matches. */
  isNegated(index: number): boolean {
    return this.negated[index] === true;
  }

  /** The index of the last pattern without a path that matches `name`; -1 when none does. */
  lastNameMatch(name: string, isFolder: boolean): number {
    let last = indexIn(this.names.get(name), isFolder);
    if (this.extensions.size > 0) {
      const dot = name.lastIndexOf('.');
      if (dot >= 0) last = Math.max(last, indexIn(this.extensions.get(dot === 0 ? name : name.slice(dot)), isFolder));
    }
    for (const { index, foldersOnly, test } of this.nameTests) {
      if (index <= last) break;
      if ((isFolder || !foldersOnly) && matchesName(test, name)) last = index;
    }
    return last;
  }

  private addNameTest(index: number, foldersOnly: boolean, test: NameTest): void {
    if (test.kind === 'name') addIndex(this.names, test.text, index, foldersOnly);
    else if (test.kind === 'suffix' && isExtension(test.text)) addIndex(this.extensions, test.text, index, foldersOnly);
    else this.nameTests.push({ index, foldersOnly, test });
  }
}

/** The last patterns for one key: of those for everything, and of those for folders only. -1 for none. */
interface Slot {
  any: number;
  folder: number;
}

interface IndexedNameTest {
  readonly index: number;
  readonly foldersOnly: boolean;
  readonly test: NameTest;
}

function matchesName(test: NameTest, name: string): boolean {
  switch (test.kind) {
    case 'name':
      return name === test.text;
    case 'suffix':
      return name.endsWith(test.text);
    case 'prefix':
      return name.startsWith(test.text);
    case 'name-glob':
      return test.glob.matches(bytesOf(name));
  }
}

function indexIn(slot: Slot | undefined, isFolder: boolean): number {
  if (slot === undefined) return -1;
  return isFolder && slot.folder > slot.any ? slot.folder : slot.any;
}

function addIndex(slots: Map<string, Slot>, key: string, index: number, foldersOnly: boolean): void {
  const slot = slots.get(key) ?? { any: -1, folder: -1 };
  if (foldersOnly) slot.folder = index;
  else slot.any = index;
  slots.set(key, slot);
}

function isExtension(suffix: string): boolean {
  return suffix.startsWith('.') && !suffix.includes('.', 1);
}
