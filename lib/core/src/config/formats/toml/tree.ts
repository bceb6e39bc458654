import type { ConfigEntry, ConfigNode } from '../node.js';
import { tomlStatements, type TomlKey } from './scan.js';

/** Where everything of a text that is TOML stands: each key where it is named first. */
export function tomlTree(text: string): ConfigNode {
  const root = new Table(0);
  let table = root;
  for (const statement of tomlStatements(text)) {
    const last = statement.keys.at(-1);
    if (last === undefined) continue;
    if (statement.kind === 'pair') statement.keys.slice(0, -1).reduce((inner, key) => inner.table(key), table).set(last, statement.value);
    else {
      const holder = statement.keys.slice(0, -1).reduce((inner, key) => inner.table(key), root);
      table = statement.isArray ? holder.added(last) : holder.table(last);
    }
  }
  return root.node;
}

/** A table that is being put together from all over a text. */
class Table {
  readonly node: ConfigNode & { kind: 'map' };
  readonly #entries: ConfigEntry[] = [];
  readonly #tables = new Map<string, Table>();
  readonly #arrays = new Map<string, ConfigNode[]>();

  constructor(start: number) {
    this.node = { kind: 'map', isFlow: false, start, end: start, entries: this.#entries };
  }

  set({ key, start, end }: TomlKey, value: ConfigNode): void {
    this.#entries.push({ key, keyStart: start, keyEnd: end, value });
  }

  /** The table of that name, made where there is none; the last one of several. */
  table(key: TomlKey): Table {
    const known = this.#tables.get(key.key);
    if (known !== undefined) return known;
    const made = new Table(key.start);
    this.#tables.set(key.key, made);
    this.set(key, made.node);
    return made;
  }

  /** Another table of an array of that name. */
  added(key: TomlKey): Table {
    const made = new Table(key.start);
    let items = this.#arrays.get(key.key);
    if (items === undefined) {
      items = [];
      this.#arrays.set(key.key, items);
      this.set(key, { kind: 'list', isFlow: false, start: key.start, end: key.end, items });
    }
    items.push(made.node);
    this.#tables.set(key.key, made);
    return made;
  }
}
