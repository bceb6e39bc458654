import { PLUGINS_SECTION } from '../config/core-sections.js';
import { keyProblem } from '../config/formats/problems.js';
import { formatKeyPath } from '../config/key-path.js';
import { catalogued, type StructumError } from '../errors/index.js';
import type { ValuePath } from '../manifest/check-value.js';
import { isPlainObject } from '../manifest/plain-object.js';

type Section = Readonly<Record<string, unknown>>;

/**
 * The configuration that a host gives: a frozen copy, so that later changes to that do nothing.
 *
 * @throws `CONFIG_INVALID` where a section of a plugin is no object, or something is no plain data: it could not be frozen, or not reach a
 *   plugin in another process.
 */
export function givenConfig(config: Section): Section {
  return Object.freeze(Object.fromEntries(Object.entries(config).flatMap(([name, section]) => {
    refuseName(name, [name]);
    if (name !== PLUGINS_SECTION) return [[name, frozenCopy(section, [name], [])]];
    return section === undefined ? [] : [[name, givenSections(section)]];
  })));
}

function givenSections(plugins: unknown): Section {
  if (plugins === null) return {};
  if (!isPlainObject(plugins)) throw invalid([PLUGINS_SECTION], 'is no object');
  return Object.freeze(Object.fromEntries(Object.entries(plugins).map(([name, section]) => [name, section === null ? null : sectionFor(name, section as Section)])));
}

/**
 * A frozen copy of a section that a plugin is given.
 *
 * @throws `CONFIG_INVALID`
 */
export function sectionFor(plugin: string, section: Section): Section {
  const path = [PLUGINS_SECTION, plugin];
  if (!isPlainObject(section)) throw invalid(path, 'is no object');
  refuseName(plugin, path);
  return frozenCopy(section, path, []) as Section;
}

function frozenCopy(value: unknown, path: ValuePath, holders: readonly object[]): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') throw invalid(path, `is a ${typeof value}`);
  if (typeof value !== 'object' || value === null) return value;
  if (holders.includes(value)) throw invalid(path, 'contains itself');
  const within = [...holders, value];
  if (Array.isArray(value)) return Object.freeze(value.map((item, index) => frozenCopy(item, [...path, index], within)));
  if (!isPlainObject(value)) throw invalid(path, `is of the class ${value.constructor.name}`);
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => {
    refuseName(key, [...path, key]);
    return [key, frozenCopy(item, [...path, key], within)];
  })));
}

/** Some names would reach into what every object has; no file may use them either. */
function refuseName(key: string, path: ValuePath): void {
  const problem = keyProblem(key);
  if (problem !== undefined) throw catalogued('CONFIG_INVALID', { problems: [{ path: formatKeyPath(path), problem }] });
}

function invalid(path: ValuePath, problem: string): StructumError {
  return catalogued('CONFIG_INVALID', { problems: [{ path: formatKeyPath(path), problem: `${problem}: settings are plain data` }] });
}
