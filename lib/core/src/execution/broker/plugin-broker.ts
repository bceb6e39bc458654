import type { Broker, ExecutionLimits, ResolvedPermissions, SecurityPolicy } from '../../contract/index.js';
import type { UsageLimits } from '../../platform/usage-watch.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import { commonPermissions, resolvePermissions } from '../../security/index.js';
import type { CallConfinement } from '../command-context.js';
import { asItIs, HostBroker, systemNames, type BrokerHost, type Confine, type PluginTurns } from './broker.js';
import { Turns } from './turns.js';

/** What a plugin's broker needs from its host. */
export type PluginSurroundings = Pick<BrokerHost, 'env' | 'cwd' | 'signal'> & Partial<Pick<BrokerHost, 'onDenied'>> & {
  /** What what asks is confined to, where it is. */
  readonly confinement?: CallConfinement | undefined;
  /** The command that it works for, by its path in the manifest. */
  readonly command?: string | undefined;
};

/** What works for a plugin, by what its manifest asks for and what is decided about it by now. */
export function brokerFor(unit: PluginUnit, security: SecurityPolicy, { command, confinement, ...surroundings }: PluginSurroundings): Broker {
  const { net = [], run = [], env = [] } = unit.manifest.permissions;
  const limits = security.limitsFor(unit.name, command);
  return new HostBroker({
    resolve: systemNames,
    // What runs for a plugin may do no more than that plugin.
    confine: confinement?.programs ?? (unit.placement === 'process' ? refuse : asItIs),
    onDenied: () => undefined,
    ...surroundings,
    plugin: unit.name,
    permissions: permissionsOf(unit, security, confinement),
    asked: { net, run, env },
    turns: turnsOf(unit),
    limits: limitsOf(limits, confinement !== undefined || unit.placement === 'process'),
    limitKeys: limits.keys,
  });
}

/** What is decided by now; what is confined may be less than its plugin, where it runs for another one. */
function permissionsOf({ name, manifest }: PluginUnit, security: SecurityPolicy, confinement: CallConfinement | undefined): ResolvedPermissions {
  const { net = [], run = [], env = [] } = manifest.permissions;
  // Of paths nothing is said here: they need not be looked up.
  const { read: _read, write: _write, ...narrowed } = security.permissionsFor(name);
  const own = resolvePermissions({ net, run, env }, [narrowed], {});
  return confinement === undefined ? own : commonPermissions(own, confinement.permissions);
}

/** Memory is not limited for what runs in the host, nor for its programs. */
function limitsOf({ processes, memory }: ExecutionLimits, isConfined: boolean): UsageLimits {
  return isConfined ? { processes, memory } : { processes };
}

const turns = new WeakMap<PluginUnit, PluginTurns>();

function turnsOf(unit: PluginUnit): PluginTurns {
  const own = turns.get(unit) ?? { programs: new Turns(), fetches: new Turns(), lookups: new Turns() };
  turns.set(unit, own);
  return own;
}

const refuse: Confine = () => Promise.reject(new Error('its plugin runs confined, and what it runs cannot be confined with it'));
