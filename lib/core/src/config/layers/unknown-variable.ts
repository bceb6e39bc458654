import { catalogued, type StructumError } from '../../errors/index.js';
import { similar } from '../../errors/similar.js';
import { CORE_SECTIONS, coreSection, isSectionPath, PLUGINS_SECTION, SECTIONS } from '../core-sections.js';
import { schemaAt } from '../schema-at.js';
import { holdsSettings } from './text-value.js';
import { PREFIX, SEPARATOR, variableOf } from './variable-name.js';

/** Variables of Structum that are no settings, without what all of them begin with. */
const OTHERS: readonly string[] = ['ENV', 'CONFIG_HOME', 'CACHE_HOME', 'DATA_HOME', 'STATE_HOME', 'EDITED_FILE'];

/** What people write for them. */
const MEANT: ReadonlyMap<string, string> = new Map([['ENVIRONMENT', 'ENV']]);

/** Whether a variable is Structum's own, and no setting. */
export function isNoSetting(name: string): boolean {
  return OTHERS.includes(name.slice(PREFIX.length));
}

/** Whether the variable with these keys in its name, and this text, sets something. */
export function setsSomething(path: readonly string[], text: string): boolean {
  return !path.includes('') && SECTIONS.includes(path[0] ?? '') && (!isSectionPath(path) || holdsSettings(text));
}

/** `CONFIG_VARIABLE_UNKNOWN`, with what may have been meant. */
export function unknownVariable(name: string, path: readonly string[], text: string): StructumError {
  const paths = [...new Set(pathsMeant(path).filter((meant) => setsSomething(meant, text) && isDescribed(meant)).map(variableOf))];
  const isSection = !path.includes('') && isSectionPath(path);
  const suggestions = paths.length > 0 || isSection ? paths : othersMeant(name.slice(PREFIX.length));
  return catalogued('CONFIG_VARIABLE_UNKNOWN', { variable: name, suggestions, ...(isSection ? { isSection } : {}) });
}

/** Settings that a name looks like: with a mistyped section, with too many underlines, and with too few. */
function pathsMeant(path: readonly string[]): readonly (readonly string[])[] {
  const [section = '', ...rest] = path.filter((key) => key !== '');
  if (rest.length > 0) return [...(path.includes('') ? [[section, ...rest]] : []), ...similar(section, SECTIONS).map((known) => [known, ...rest])];
  const words = section.split('_');
  const ofPlugins = words.length === 3 && words[0] === PLUGINS_SECTION ? [words] : [];
  const ofCore = SECTIONS.includes(section) ? [] : coreSettings().filter(([known, key]) => key === section || `${known}_${key}` === section);
  return [...ofPlugins, ...ofCore, ...similar(section, SECTIONS).map((known) => [known])];
}

function coreSettings(): readonly (readonly [section: string, key: string])[] {
  return Object.entries(CORE_SECTIONS).flatMap(([section, { schema }]) => Object.keys(schema.properties ?? {}).map((key) => [section, key] as const));
}

/** Plugins are not known yet. */
function isDescribed([section = '', ...rest]: readonly string[]): boolean {
  return section === PLUGINS_SECTION || schemaAt(coreSection(section)?.schema, rest) !== undefined;
}

function othersMeant(word: string): readonly string[] {
  const meant = MEANT.get(word);
  const others = word.includes(SEPARATOR) ? [] : similar(word, OTHERS);
  return (meant === undefined ? others : [meant]).map((other) => PREFIX + other);
}
