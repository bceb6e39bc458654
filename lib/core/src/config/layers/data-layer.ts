import { PLUGINS_SECTION } from '../core-sections.js';
import { keysOf, valueAt, type KeyPath, type Section } from '../section.js';
import type { ConfigLayer, LayerName } from './config-layer.js';

/** A layer of data that is there already. */
export class DataLayer implements ConfigLayer {
  readonly name: LayerName;
  readonly #data: Section;

  constructor(name: LayerName, data: Section) {
    this.name = name;
    this.#data = data;
  }

  get sections(): readonly string[] {
    return Object.keys(this.#data);
  }

  get plugins(): readonly string[] {
    return keysOf(this.#data[PLUGINS_SECTION]);
  }

  valueAt(path: KeyPath): unknown {
    return valueAt(this.#data, path);
  }
}
