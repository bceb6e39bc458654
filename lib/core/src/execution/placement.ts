import { strictestExecutor, type ExecutorKind, type SecurityPolicy } from '../contract/index.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';

/** Plugins of the host itself with which its operator mends what keeps others from running: they are not locked out. */
const MENDING = new Set(['config', 'health', 'plugins', 'security']);

/**
 * Where a plugin runs by itself, what it uses not considered: as strictly as its manifest, the host's configuration, and
 * the trust in it ask for.
 */
export function placementOf(unit: PluginUnit, policy: SecurityPolicy): ExecutorKind {
  return strictestExecutor([unit.manifest.executor, policy.executorOf(unit.name), demandedFor(unit, policy)]);
}

function demandedFor(unit: PluginUnit, { mode }: SecurityPolicy): ExecutorKind | undefined {
  switch (mode) {
    case 'off': return undefined;
    case 'standard': return unit.isOfHost ? undefined : 'process';
    case 'strict': return unit.isOfHost && MENDING.has(unit.name) ? undefined : 'process';
  }
}
