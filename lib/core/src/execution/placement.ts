import { strictestExecutor, type ExecutorKind, type SecurityPolicy } from '../contract/index.js';
import { packageOf } from '../platform/index.js';
import type { Lifecycle } from '../plugins/lifecycle.js';
import { locationOf } from '../plugins/location.js';
import { packageFolder } from '../plugins/package-folder.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import type { CommandCall } from './executor.js';

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

/** Plugins with which the operator of a host mends what keeps others from running: they are not locked out. */
const MENDING = new Set(['config', 'plugins', 'security']);

/** Whether it is one of them: Structum's own, and not another one of that name. */
function isMending(unit: PluginUnit): boolean {
  return unit.isOfHost && MENDING.has(unit.name) && isPackage(unit, `@structum/plugin-${unit.name}`);
}

/** What a package says of itself may be a lie: where it is installed, its folder has to bear that name, too. */
function isPackage(unit: PluginUnit, name: string): boolean {
  const folder = packageFolder(unit);
  if (folder === undefined || packageNameIn(folder) !== name) return false;
  const installed = folder.replaceAll('\\', '/').split('/node_modules/').slice(1).at(-1);
  return installed === undefined || installed === name;
}

function packageNameIn(folder: string): string | undefined {
  try {
    return packageOf(folder)?.packageJson.name;
  } catch {
    // What cannot be read is told of where it is needed.
    return undefined;
  }
}
