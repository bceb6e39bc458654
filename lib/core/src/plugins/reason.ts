import { catalogued, StructumError, type ErrorParams } from '../errors/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** The one error for all that is wrong with a plugin: the reason itself, or `PLUGIN_UNFIT` with each of several. */
export function reasonOf(unit: PluginUnit, reasons: readonly StructumError[]): StructumError | undefined {
  const told = tellingEach(reasons);
  const [first, ...others] = told;
  if (first === undefined || others.length === 0) return first;
  const remedy = distinct(told.map(({ hint }) => hint)).join(' ');
  const details = { plugin: unit.name, reasons: told.map((reason) => reason.toJSON()), ...(remedy === '' ? {} : { remedy }) };
  return catalogued('PLUGIN_UNFIT', details, new AggregateError(told));
}

/** Reasons without those that follow from the very same as an earlier one: there are many ways to one that is at fault. */
function tellingEach(reasons: readonly StructumError[]): readonly StructumError[] {
  if (reasons.length < 2) return reasons;
  const seen: ReadonlySet<StructumError>[] = [];
  return reasons.filter((reason) => {
    const roots = rootsOf(reason);
    const isTold = seen.some((those) => those.size === roots.length && roots.every((root) => those.has(root)));
    if (!isTold) seen.push(new Set(roots));
    return !isTold;
  });
}

/** Why `unit` cannot be used where `required` cannot: all that is wrong with that one is underneath. */
export function requirementRejected(unit: PluginUnit, required: string, reason: StructumError, service?: string): StructumError {
  const roots = rootsOf(reason);
  const remedy = distinct(roots.map(({ hint }) => hint)).slice(0, MOST_TOLD).join(' ');
  return catalogued('REQUIREMENT_REJECTED', {
    plugin: unit.name,
    required,
    ...(service === undefined ? {} : { service }),
    chain: chainTo(unit.name, required, reason),
    reason: told(roots),
    ...(remedy === '' ? {} : { remedy }),
  }, underneath(reason, roots));
}

/** Whether somebody decided against the plugin itself: what it is now, and what its code says, changes nothing. */
export function isRefusal({ code }: StructumError): boolean {
  return code === 'PLUGIN_DISABLED' || code === 'PLUGIN_UNTRUSTED';
}

/** Whether it follows from what others claim, or from what the plugin claims itself. */
export function isClash(reason: StructumError): boolean {
  return causesOf(reason).some(({ code }) => CLASHES.has(code));
}

const CLASHES: ReadonlySet<string> = new Set(['PLUGIN_DUPLICATE', 'COMMAND_DUPLICATE', 'SERVICE_DUPLICATE', 'COMMAND_RESERVED', 'OPTION_RESERVED']);

/** Whether nothing else is wrong with a plugin than that it cannot work beside `other`. */
export function isConflictWith(reason: StructumError, other: string): boolean {
  return causesOf(reason).every(({ code, details }) => code === 'CONFLICT' && (details?.['other'] === other || details?.['plugin'] === other));
}

/** Whether it is no fault of any plugin, but what the host's policy decides: all follows from plugins that are disabled. */
export function isDecided(reason: StructumError): boolean {
  return rootsOf(reason).every(({ code }) => code === 'PLUGIN_DISABLED');
}

/** Whether it follows from something that is not there, or not in a version that fits. */
export function isAbsence(reason: StructumError): boolean {
  return rootsOf(reason).some(({ code }) => ABSENCES.has(code));
}

const ABSENCES: ReadonlySet<string> = new Set(['REQUIREMENT_MISSING', 'REQUIREMENT_MISMATCH', 'SERVICE_MISSING']);

/** What is wrong with a plugin, one by one. */
function causesOf(reason: StructumError): readonly StructumError[] {
  const { code, cause } = reason;
  return code === 'PLUGIN_UNFIT' && cause instanceof AggregateError ? cause.errors.filter((each) => StructumError.is(each)) : [reason];
}

/** What a reason follows from in the end, each once. */
function rootsOf(reason: StructumError): readonly StructumError[] {
  const seen = new Set([reason]);
  const roots: StructumError[] = [];
  // A set hands out what is added to it while it is walked.
  for (const each of seen) {
    const causes = followedBy(each);
    if (causes.length === 0) roots.push(each);
    for (const cause of causes) seen.add(cause);
  }
  return roots;
}

/** What a reason says that it follows from. */
function followedBy({ code, cause }: StructumError): readonly StructumError[] {
  if (!FOLLOWING.has(code)) return [];
  return (cause instanceof AggregateError ? cause.errors : [cause]).filter((each) => StructumError.is(each));
}

const FOLLOWING: ReadonlySet<string> = new Set(['PLUGIN_UNFIT', 'REQUIREMENT_REJECTED']);

/** More is no help to anybody. */
const MOST_TOLD = 3;

function told(roots: readonly StructumError[]): string {
  const [first, ...others] = roots;
  if (first === undefined || others.length === 0) return first?.message ?? '';
  const texts = roots.slice(0, MOST_TOLD).map(({ message }, index) => `(${String(index + 1)}) ${message}`);
  return `${texts.join(' ')}${roots.length > MOST_TOLD ? ` And ${String(roots.length - MOST_TOLD)} more.` : ''}`;
}

/** Chains may be as long as there are plugins, and trees as wide; what they end with is the same, however much is left out in between. */
const DEEPEST = 16;
const LARGEST = 64;

/** The reason as it is; where it is too large a tree, what it follows from in the end. */
function underneath(reason: StructumError, roots: readonly StructumError[]): unknown {
  const { size, depth } = extentOf(reason);
  if (size <= LARGEST && depth < DEEPEST) return reason;
  return roots.length === 1 ? roots[0] : new AggregateError(roots.slice(0, LARGEST));
}

const extents = new WeakMap<StructumError, { readonly size: number; readonly depth: number }>();

/** How large a reason is as a tree, in which what follows from the same is told again and again. */
function extentOf(reason: StructumError): { readonly size: number; readonly depth: number } {
  let extent = extents.get(reason);
  if (extent === undefined) {
    const inner = followedBy(reason).map(extentOf);
    extent = { size: inner.reduce((sum, { size }) => sum + size, 1), depth: inner.reduce((most, { depth }) => Math.max(most, depth), 0) + 1 };
    extents.set(reason, extent);
  }
  return extent;
}

const LONGEST_CHAIN = 10;

/** From a plugin to the one that is at fault, or from which several ways lead on; `…` stands for what is too long to be read. */
function chainTo(plugin: string, required: string, reason: StructumError): readonly string[] {
  const rest = reason.code === 'REQUIREMENT_REJECTED' ? (reason.details as ErrorParams<'REQUIREMENT_REJECTED'>).chain : [required];
  const chain = [plugin, ...rest];
  return chain.length <= LONGEST_CHAIN ? chain : [...chain.slice(0, LONGEST_CHAIN / 2), '…', ...chain.slice(-(LONGEST_CHAIN / 2 - 1))];
}

function distinct(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}
