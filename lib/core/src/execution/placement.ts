import { strictestExecutor, type ExecutorKind, type SecurityPolicy } from '../contract/index.js';
import type { Lifecycle } from '../plugins/lifecycle.js';
import { locationOf } from '../plugins/location.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import type { CommandCall } from './executor.js';
import { isMending } from './mending.js';

/**
 * Where a plugin runs by itself, what it uses not considered: as strictly as its manifest, the host's configuration, and
 * the trust in it ask for.
 */
export function placementOf(unit: PluginUnit, policy: SecurityPolicy): ExecutorKind {
  return strictestExecutor([unit.manifest.executor, policy.executorOf(unit.name), demandedFor(unit, policy)]);
}

/**
 * Where a call is carried out: where its plugin runs, but confined where those who lead to it are. What is only there as a
 * class is a part of the host itself, and acts in its name.
 */
export function placementOfCall({ unit, within }: Pick<CommandCall, 'unit' | 'within'>, lifecycle: Pick<Lifecycle, 'placementOf'>): ExecutorKind {
  return within === undefined || locationOf(unit) === undefined ? lifecycle.placementOf(unit) : 'process';
}

function demandedFor(unit: PluginUnit, { mode }: SecurityPolicy): ExecutorKind | undefined {
  switch (mode) {
    case 'off': return undefined;
    case 'standard': return unit.isOfHost ? undefined : 'process';
    case 'strict': return isMending(unit) ? undefined : 'process';
  }
}
