import { isStricter, SANDBOX_MODES, type ValueSchema } from '../contract/index.js';
import { PERMISSION_KINDS } from '../manifest/permission-entry.js';
import { CONCURRENCY, concurrencyIn, isWithin, limitIn, LIMITS, modeIn, textsAt } from './security-section.js';
import { isMapping, valueAt, type Section } from './section.js';

/** What of a project's section is no looser than what others say, but for what a trusted one may decide: the rest of it. */
export function securityOfProject(section: Section, others: Section): Section {
  const { sandbox_mode: mode, audit, ...rest } = section;
  return { ...rest, ...tighterMode(mode, others), ...tighterAudit(audit) };
}

/** What of a section is no looser than what others say. */
export function tighterSecurity(section: Section, others: Section): Section {
  return {
    ...tighterMode(section['sandbox_mode'], others),
    ...tighterAudit(section['audit']),
    ...filled('limits', tighterLimits(section['limits'], (key) => limitIn(others, key))),
    ...filled('concurrency', tighterNumbers(section['concurrency'], CONCURRENCY, (key) => concurrencyIn(others, key))),
    ...filled('plugins', entriesOf(section['plugins'], (plugin, said) => tighterForPlugin(plugin, said, others))),
  };
}

function tighterForPlugin(plugin: string, said: Section, others: Section): Section {
  return {
    ...filled('limits', tighterLimits(said['limits'], (key) => limitIn(others, key, plugin))),
    ...filled('permissions', narrowerPermissions(said['permissions'], valueAt(others, ['plugins', plugin, 'permissions']))),
    ...filled('commands', entriesOf(said['commands'], (command, ofCommand) => filled('limits', tighterLimits(ofCommand['limits'], (key) => limitIn(others, key, plugin, command))))),
  };
}

function tighterMode(mode: unknown, others: Section): Section {
  const known = SANDBOX_MODES.find((each) => each === mode);
  const inForce = modeIn(others);
  return known === undefined || isStricter(SANDBOX_MODES, inForce, known) ? {} : { sandbox_mode: known };
}

function tighterAudit(audit: unknown): Section {
  return audit === true ? { audit } : {};
}

function tighterLimits(said: unknown, inForce: (key: string) => number | undefined): Section {
  return tighterNumbers(said, LIMITS, inForce);
}

/** @param inForce - What counts without them, by what others say or by itself; `undefined` where any number is stricter. */
function tighterNumbers<Key extends string>(said: unknown, table: Readonly<Record<Key, { readonly schema: ValueSchema }>>, inForce: (key: Key) => number | undefined): Section {
  if (!isMapping(said)) return {};
  const isKnown = (key: string): key is Key => Object.hasOwn(table, key);
  return Object.fromEntries(Object.entries(said).filter(([key, value]) => isKnown(key) && isWithin(value, table[key].schema) && value <= (inForce(key) ?? Infinity)));
}

/** Lists of which others say nothing, or each entry. */
function narrowerPermissions(said: unknown, others: unknown): Section {
  if (!isMapping(said)) return {};
  return Object.fromEntries(PERMISSION_KINDS.flatMap((kind) => {
    const allowed = textsAt(others, kind);
    const list = textsAt(said, kind) ?? [undefined];
    return list.every((entry) => entry !== undefined && (allowed?.includes(entry) ?? true)) ? [[kind, list] as const] : [];
  }));
}

/** What becomes of the mappings in one, without those of which nothing is left. */
function entriesOf(value: unknown, change: (key: string, section: Section) => Section): Section {
  if (!isMapping(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => {
    const changed = isMapping(item) ? change(key, item) : {};
    return Object.keys(changed).length === 0 ? [] : [[key, changed] as const];
  }));
}

function filled(key: string, section: Section): Section {
  return Object.keys(section).length === 0 ? {} : { [key]: section };
}
