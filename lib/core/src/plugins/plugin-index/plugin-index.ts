import { join } from 'node:path';
import type { IndexRecord, Logger } from '../../contract/index.js';
import { messageOf } from '../../errors/index.js';
import { checksumOf } from '../../manifest/hash.js';
import { readOwn } from '../../platform/read-file.js';
import type { SearchRoot } from '../discovery/index.js';
import { buildIndex } from './build.js';
import { FileBytes, MemoryBytes } from './bytes.js';
import { FORMAT, IndexDamage, IndexReplaced } from './format.js';
import { gather, gatherNothing, type Gathering } from './gather.js';
import { areUnchanged } from './markers.js';
import { IndexTable } from './table.js';
import { nonce, writeIndex } from './write.js';

/** What an index is for, and where it is kept. */
export interface IndexOptions {
  /** In order of precedence. */
  readonly roots: readonly SearchRoot[];
  /** A folder for what can be made again, where indexes are kept in `plugins`; without one, they are in memory only. */
  readonly cache: string | undefined;
  readonly coreVersion: string;
  readonly logger: Logger;
}

/**
 * The plugins in some folders, by everything that they are looked up by. It is read from a file where an earlier process
 * left one that is still true, and made anew where not: whatever is in that file, the answers are the same.
 */
export class PluginIndex {
  readonly roots: readonly SearchRoot[];
  /** What it is an index of, and for which core. */
  readonly identity: string;
  readonly #file: string | undefined;
  readonly #logger: Logger;
  #table: IndexTable | undefined;
  #isInMemory = false;
  /** Whether its folders were looked through, by this process. */
  #isSeen = false;
  #revision = 0;
  /** How it was found; undefined as long as nobody asked for anything. */
  #found: Pick<IndexRecord, 'state' | 'reason'> | undefined;

  constructor({ roots, cache, coreVersion, logger }: IndexOptions) {
    this.roots = roots;
    this.identity = JSON.stringify([FORMAT, coreVersion, roots.map(({ origin, kind, folder }) => [origin, kind, folder])]);
    this.#file = cache === undefined ? undefined : join(cache, 'plugins', `${checksumOf(Buffer.from(this.identity)).toString(36)}.index`);
    this.#logger = logger;
  }

  /** Counts up whenever something turned out to be different from what was told. */
  get revision(): number {
    return this.#revision;
  }

  /** How it was found; `undefined` as long as nobody looked into it. */
  toRecord(): IndexRecord | undefined {
    return this.#found === undefined ? undefined : { ...(this.#file === undefined ? {} : { file: this.#file }), ...this.#found };
  }

  /** What `ask` finds out. It is asked again, of a new index, when this one turns out to be damaged. */
  use<Answer>(ask: (table: IndexTable) => Answer): Answer {
    try {
      return ask(this.#table ??= this.#open());
    } catch (error) {
      if (this.#isInMemory) throw error;
      this.#logger.debug('The index of plugins is made anew.', { file: this.#file, reason: messageOf(error) });
      this.#found = foundBy(error);
      if (this.#table !== undefined) this.#revision += 1;
      return ask(this.#rebuild(undefined));
    }
  }

  /** Has all of it in memory, for whoever asks for much. */
  loadAll(): void {
    this.use((table) => {
      if (this.#isInMemory || this.#file === undefined) return;
      const whole = new IndexTable(new MemoryBytes(readOwn(this.#file, MOST_BYTES)), this.identity);
      if (whole.head.id !== table.head.id) throw new IndexReplaced();
      this.#table = whole;
    });
  }

  /**
   * Looks at all folders and manifests again; whether anything is different.
   *
   * @param doubted - Folders of packages whose manifests are read again, whatever their files look like.
   */
  refresh(doubted?: ReadonlySet<string>): boolean {
    this.loadAll();
    return this.use((table) => {
      const gathering = this.#gather(table, doubted);
      if (!isDifferent(table, gathering)) {
        if (JSON.stringify(gathering.markers) !== JSON.stringify(table.head.markers) || hasOtherStamps(table, gathering)) this.#keep(gathering);
        return false;
      }
      if (this.#found?.state === 'fresh') this.#found = { state: 'stale' };
      this.#keep(gathering);
      this.#revision += 1;
      return true;
    });
  }

  /** Looks at all folders and manifests again, unless this process did so before. */
  lookThroughOnce(): void {
    this.use(() => undefined);
    if (!this.#isSeen) this.refresh();
  }

  #open(): IndexTable {
    if (this.roots.length === 0 || this.#file === undefined) {
      this.#found = { state: 'none' };
      return this.#rebuild(undefined);
    }
    const table = new IndexTable(new FileBytes(this.#file), this.identity);
    const isTrue = areUnchanged(table.head.markers);
    this.#found = { state: isTrue ? 'fresh' : 'made' };
    if (isTrue) return table;
    return this.#rebuild(new IndexTable(new MemoryBytes(readOwn(this.#file, MOST_BYTES)), this.identity));
  }

  #rebuild(earlier: IndexTable | undefined): IndexTable {
    return this.#keep(this.#gather(earlier));
  }

  /** Whatever is in folders, or goes wrong with them: a host has work to do that needs none of it. */
  #gather(earlier: IndexTable | undefined, doubted?: ReadonlySet<string>): Gathering {
    this.#isSeen = true;
    try {
      return gather(this.roots, earlier, doubted);
    } catch (error) {
      return this.#giveUp(error);
    }
  }

  /** An earlier index that is damaged is another matter: it is done without that. */
  #giveUp(error: unknown): Gathering {
    if (error instanceof IndexDamage) throw error;
    this.#logger.debug('No index of plugins can be made.', { file: this.#file, reason: messageOf(error) });
    return gatherNothing(this.roots, messageOf(error));
  }

  #contentOf({ packages, markers }: Gathering): Buffer {
    return buildIndex({ identity: this.identity, id: nonce(), markers }, packages);
  }

  #keep(gathering: Gathering): IndexTable {
    let content: Buffer;
    try {
      content = this.#contentOf(gathering);
    } catch (error) {
      content = this.#contentOf(this.#giveUp(error));
    }
    this.#isInMemory = true;
    this.#table = new IndexTable(new MemoryBytes(content), this.identity);
    this.#write(content);
    return this.#table;
  }

  #write(content: Buffer): void {
    if (this.#file === undefined || this.roots.length === 0) return;
    try {
      writeIndex(this.#file, content);
    } catch (error) {
      this.#found = { state: 'unwritable', reason: messageOf(error) };
      this.#logger.debug('The index of plugins could not be kept.', { file: this.#file, reason: messageOf(error) });
    }
  }
}

/** Of an index: more than all manifests and what they are found by can have. */
const MOST_BYTES = 2 ** 29;

/** An index that is not there, or that another process just replaced, is no damaged one. */
function foundBy(error: unknown): Pick<IndexRecord, 'state' | 'reason'> {
  const isGone = error instanceof IndexReplaced || (error as NodeJS.ErrnoException).code === 'ENOENT';
  return isGone ? { state: 'made' } : { state: 'damaged', reason: messageOf(error) };
}

/** Whether anybody who asked an index was told something else than what there is. */
function isDifferent(table: IndexTable, { packages }: Gathering): boolean {
  return table.size !== packages.length || packages.some(({ row }, id) => {
    const known = table.row(id);
    return known.linked !== row.linked || known.folder !== row.folder || known.checksum !== row.checksum || known.root !== row.root;
  });
}

function hasOtherStamps(table: IndexTable, { packages }: Gathering): boolean {
  return packages.some(({ row }, id) => table.row(id).stamp !== row.stamp);
}
