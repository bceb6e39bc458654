import { strictestExecutor, type ExecutorKind, type PluginInstance } from '../contract/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** Runs plugins in other threads or processes. */
export interface Elsewhere {
  /** Where a plugin runs by itself, what it uses not considered. */
  placementOf(unit: PluginUnit): ExecutorKind;
  /**
   * Takes a plugin up there, with all that it requires.
   * @throws why it could not; then nothing of it is left.
   */
  open(unit: PluginUnit): Promise<OpenedElsewhere>;
  /** A service of a plugin that is up there, whose methods return promises. */
  service(unit: PluginUnit, id: string): Promise<object>;
}

/** A plugin that is up elsewhere. */
export interface OpenedElsewhere {
  /** Stands in this thread for the one there. */
  readonly instance: PluginInstance;
  /** Milliseconds that loading and activating took there. */
  readonly timings: { readonly load: number; readonly activate: number };
}

/**
 * Where a plugin runs: as strictly as itself, and each of those that it requires, has to. What it only uses when it is
 * there changes nothing of that, and is not there for it where it has to run elsewhere.
 */
export function placementWith(unit: PluginUnit, elsewhere: Elsewhere | undefined): ExecutorKind {
  if (elsewhere === undefined) return 'inline';
  return strictestExecutor([...reached(unit, ({ requirements }) => requirements)].map((each) => elsewhere.placementOf(each)));
}

/** Where a plugin runs, or would if it were taken up now. */
export function placementNow(unit: PluginUnit, elsewhere: Elsewhere | undefined): ExecutorKind {
  return unit.isBegun ? unit.placement : placementWith(unit, elsewhere);
}

/** A plugin that is judged, and all that it uses, directly or not. */
export function withUsed(unit: PluginUnit): ReadonlySet<PluginUnit> {
  return reached(unit, ({ requirements, options }) => [...requirements, ...options]);
}

function reached(unit: PluginUnit, next: (unit: PluginUnit) => Iterable<PluginUnit>): ReadonlySet<PluginUnit> {
  const units = new Set([unit]);
  // A set hands out what is added to it while it is walked.
  for (const each of units) for (const used of next(each)) units.add(used);
  return units;
}
