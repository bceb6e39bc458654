import { isAbsolute } from 'node:path';
import { catalogued, StructumError, type ErrorParams } from '../errors/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** The one error for all that is wrong with a plugin: the reason itself, or `PLUGIN_UNFIT` with each of several. */
export function reasonOf(unit: PluginUnit, reasons: readonly StructumError[]): StructumError | undefined {
  const [first, ...others] = reasons;
  if (first === undefined || others.length === 0) return first;
  const remedy = [...new Set(reasons.map(({ hint }) => hint).filter((hint) => hint !== undefined))].join(' ');
  const details = { plugin: unit.name, reasons: reasons.map((reason) => reason.toJSON()), ...(remedy === '' ? {} : { remedy }) };
  return catalogued('PLUGIN_UNFIT', details, new AggregateError(reasons));
}

/** Why `unit` cannot be used where `required` cannot: what is wrong with that one is underneath. */
export function requirementRejected(unit: PluginUnit, required: string, reason: StructumError, service?: string): StructumError {
  const underneath = linkTo(reason);
  const root = rootOf(underneath);
  return catalogued('REQUIREMENT_REJECTED', {
    plugin: unit.name,
    required,
    ...(service === undefined ? {} : { service }),
    chain: chainTo(unit.name, required, firstOf(reason)),
    reason: root.message,
    ...(root.hint === undefined ? {} : { remedy: root.hint }),
  }, underneath);
}

/** Why `loser` cannot be used: `unit` says that it cannot work beside `range` of `other`. */
export function conflictBetween(unit: PluginUnit, other: PluginUnit, range: string, loser: PluginUnit): StructumError {
  return catalogued('CONFLICT', {
    plugin: unit.name, ...whereIs(unit), other: other.name, range, found: other.manifest.version, ...whereFound(other), loser: loser.name,
  });
}

/** Whether somebody decided against the plugin itself: what it is now, and what its code says, changes nothing. */
export function isRefusal({ code }: StructumError): boolean {
  return code === 'PLUGIN_DISABLED' || code === 'PLUGIN_UNTRUSTED';
}

/** Whether it follows from what others claim, or from what the plugin claims itself. */
export function isClash(reason: StructumError): boolean {
  return causesOf(reason).some(({ code }) => CLASHES.has(code));
}

const CLASHES: ReadonlySet<string> = new Set(['PLUGIN_DUPLICATE', 'COMMAND_DUPLICATE', 'SERVICE_DUPLICATE', 'OPTION_RESERVED']);

/** Whether nothing else is wrong with a plugin than that it cannot work beside `other`. */
export function isConflictWith(reason: StructumError, other: string): boolean {
  return causesOf(reason).every(({ code, details }) => code === 'CONFLICT' && (details?.['other'] === other || details?.['plugin'] === other));
}

/** Whether it is no fault of any plugin, but what the host's policy decides: all follows from plugins that are disabled. */
export function isDecided(reason: StructumError): boolean {
  return causesOf(reason).every((cause) => rootOf(cause).code === 'PLUGIN_DISABLED');
}

/** Whether it follows from something that is not there, or not in a version that fits. */
export function isAbsence(reason: StructumError): boolean {
  return causesOf(reason).some((cause) => ABSENCES.has(rootOf(cause).code));
}

const ABSENCES: ReadonlySet<string> = new Set(['REQUIREMENT_MISSING', 'REQUIREMENT_MISMATCH', 'SERVICE_MISSING']);

/** Why a plugin that was merely found is not loaded. */
export function untrusted(unit: PluginUnit): StructumError {
  const { name, source } = unit;
  const isOfProject = source.kind === 'package' && source.origin === 'project';
  const [, project] = isOfProject ? (/^(.+?)[\\/]node_modules(?:[\\/]|$)/.exec(source.label) ?? []) : [];
  return catalogued('PLUGIN_UNTRUSTED', { plugin: name, folder: source.label, ...(project === undefined ? {} : { project }) });
}

/** The folder of a plugin that comes from a package. */
function folderOf({ source }: PluginUnit): string | undefined {
  return source.kind === 'package' ? source.label : undefined;
}

/** What to run for a version of the plugin within `range`; `undefined` where the name of its package is not known. */
export function installCommand({ source }: PluginUnit, range: string): string | undefined {
  if (source.kind !== 'package') return undefined;
  const [, above = '', name] = /^(.*)[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)$/.exec(source.label) ?? [];
  // In the store of a package manager, the folder above is none that one installs into.
  if (name === undefined || above.includes('node_modules') || !isAbsolute(source.label)) return undefined;
  const prefix = source.origin === 'user' ? ` --prefix ${JSON.stringify(above)}` : '';
  return `npm install${prefix} "${name.replace('\\', '/')}@${range}"`;
}

/** What a plugin's details say of its folder. */
export function whereIs(unit: PluginUnit): { readonly folder?: string } {
  const folder = folderOf(unit);
  return folder === undefined ? {} : { folder };
}

/** What details say of the folder of what was found. */
export function whereFound(unit: PluginUnit): { readonly foundIn?: string } {
  const folder = folderOf(unit);
  return folder === undefined ? {} : { foundIn: folder };
}

/** What is wrong with a plugin, one by one. */
function causesOf(reason: StructumError): readonly StructumError[] {
  const { code, cause } = reason;
  return code === 'PLUGIN_UNFIT' && cause instanceof AggregateError ? cause.errors.filter((each) => StructumError.is(each)) : [reason];
}

/** Of several reasons the first: what follows from it need not follow from all. */
function firstOf(reason: StructumError): StructumError {
  return causesOf(reason)[0] ?? reason;
}

/** Chains may be as long as there are plugins; what they end with is the same however many of them are left out. */
const DEEPEST = 16;

function linkTo(reason: StructumError): StructumError {
  const first = firstOf(reason);
  return depthOf(first) < DEEPEST ? first : rootOf(first);
}

function depthOf(error: StructumError): number {
  let depth = 0;
  for (let inner: StructumError | undefined = error; inner !== undefined; inner = followedBy(inner)) depth += 1;
  return depth;
}

/** The reason that all others in a chain follow from. */
function rootOf(error: StructumError): StructumError {
  let root = error;
  for (let inner = followedBy(root); inner !== undefined; inner = followedBy(inner)) root = inner;
  return root;
}

function followedBy({ code, cause }: StructumError): StructumError | undefined {
  return code === 'REQUIREMENT_REJECTED' && StructumError.is(cause) ? cause : undefined;
}

const LONGEST_CHAIN = 10;

/** From a plugin to the one that is at fault; `…` stands for what is too long to be read. */
function chainTo(plugin: string, required: string, reason: StructumError): readonly string[] {
  const rest = reason.code === 'REQUIREMENT_REJECTED' ? (reason.details as ErrorParams<'REQUIREMENT_REJECTED'>).chain : [required];
  const chain = [plugin, ...rest];
  return chain.length <= LONGEST_CHAIN ? chain : [...chain.slice(0, LONGEST_CHAIN / 2), '…', ...chain.slice(-(LONGEST_CHAIN / 2 - 1))];
}
