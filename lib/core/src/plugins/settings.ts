import { catalogued, type StructumError } from '../errors/index.js';
import { isPlainObject } from '../manifest/plain-object.js';

type Section = Readonly<Record<string, unknown>>;

const NO_SETTINGS: Section = Object.freeze({});

/** The settings that a host gives its plugins: each its own section, frozen. */
export class Settings {
  readonly #sections: Section;

  /**
   * @param config - The host's configuration; sections are `plugins.<name>`. Copied, so that later changes to it do nothing.
   * @throws `CONFIG_INVALID` where a section holds what is no plain data: it could not be frozen, or not reach a plugin
   *   in another process.
   */
  constructor(config: Section) {
    const { plugins } = config;
    this.#sections = isPlainObject(plugins) ? (frozenCopy(plugins, 'plugins', []) as Section) : NO_SETTINGS;
  }

  /** The section of a plugin; empty where there is none. */
  of(plugin: string): Section {
    const section = Object.hasOwn(this.#sections, plugin) ? this.#sections[plugin] : undefined;
    return isPlainObject(section) ? section : NO_SETTINGS;
  }
}

/**
 * A frozen copy of a section that a plugin is given.
 *
 * @throws `CONFIG_INVALID`
 */
export function sectionFor(plugin: string, section: Section): Section {
  const path = `plugins.${plugin}`;
  if (!isPlainObject(section)) throw invalid(path, 'is no object');
  return frozenCopy(section, path, []) as Section;
}

function frozenCopy(value: unknown, path: string, holders: readonly object[]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw invalid(path, `is a ${typeof value}`);
  if (typeof value !== 'object' || value === null) return value;
  if (holders.includes(value)) throw invalid(path, 'contains itself');
  const within = [...holders, value];
  if (Array.isArray(value)) return Object.freeze(value.map((item, index) => frozenCopy(item, `${path}[${String(index)}]`, within)));
  if (!isPlainObject(value)) throw invalid(path, `is of the class ${value.constructor.name}`);
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item, `${path}.${key}`, within)])));
}

function invalid(path: string, problem: string): StructumError {
  return catalogued('CONFIG_INVALID', { problems: [{ path, problem: `${problem}: settings are plain data` }] });
}
