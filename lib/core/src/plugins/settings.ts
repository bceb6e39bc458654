import { catalogued } from '../errors/index.js';
import { isPlainObject } from '../manifest/check-input.js';

type Section = Readonly<Record<string, unknown>>;

const NO_SETTINGS: Section = Object.freeze({});

/** The settings that a host gives its plugins: each its own section, frozen. */
export class Settings {
  #sections: Section;

  /**
   * @param config - The host's configuration; sections are `plugins.<name>`. Copied, so that later changes to it do nothing.
   * @throws `CONFIG_INVALID` where a section holds what is no plain data: it could not be frozen, or not reach a plugin
   *   in another process.
   */
  constructor(config: Section) {
    const { plugins } = config;
    this.#sections = isPlainObject(plugins) ? (frozenCopy(plugins, 'plugins', []) as Section) : NO_SETTINGS;
  }

  /**
   * Puts another section in the place of a plugin's. Sections that were handed out stay as they are.
   *
   * @returns what puts the one before it back.
   * @throws `CONFIG_INVALID`
   */
  replace(plugin: string, section: Section): () => void {
    const before = this.#sections;
    const path = `plugins.${plugin}`;
    if (!isPlainObject(section)) throw catalogued('CONFIG_INVALID', { path, problem: 'is no object' });
    this.#sections = Object.freeze({ ...before, [plugin]: frozenCopy(section, path, []) });
    return () => { this.#sections = Object.freeze({ ...this.#sections, [plugin]: before[plugin] }); };
  }

  /** The section of a plugin; empty where there is none. */
  of(plugin: string): Section {
    const section = Object.hasOwn(this.#sections, plugin) ? this.#sections[plugin] : undefined;
    return isPlainObject(section) ? section : NO_SETTINGS;
  }
}

function frozenCopy(value: unknown, path: string, holders: readonly object[]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw catalogued('CONFIG_INVALID', { path, problem: `is a ${typeof value}` });
  if (typeof value !== 'object' || value === null) return value;
  if (holders.includes(value)) throw catalogued('CONFIG_INVALID', { path, problem: 'contains itself' });
  const within = [...holders, value];
  if (Array.isArray(value)) return Object.freeze(value.map((item, index) => frozenCopy(item, `${path}[${String(index)}]`, within)));
  if (!isPlainObject(value)) throw catalogued('CONFIG_INVALID', { path, problem: `is of the class ${value.constructor.name}` });
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item, `${path}.${key}`, within)])));
}
