import type { Broker, ExecutionLimits, SecurityPolicy } from '../../contract/index.js';
import type { UsageLimits } from '../../platform/usage-watch.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import { resolvePermissions } from '../../security/index.js';
import { asItIs, HostBroker, systemNames, type BrokerHost, type Confine, type PluginTurns } from './broker.js';
import { Turns } from './turns.js';

/** What a plugin's broker needs from its host. */
export type PluginSurroundings = Pick<BrokerHost, 'env' | 'cwd' | 'signal'> & Partial<Pick<BrokerHost, 'confine' | 'onDenied'>> & {
  /** The command that it works for, by its path in the manifest. */
  readonly command?: string | undefined;
};

/** What works for a plugin, by what its manifest asks for and what is decided about it by now. */
export function brokerFor(unit: PluginUnit, security: SecurityPolicy, { command, ...surroundings }: PluginSurroundings): Broker {
  const { net = [], run = [], env = [] } = unit.manifest.permissions;
  // Of paths nothing is said here: they need not be looked up.
  const { read: _read, write: _write, ...narrowed } = security.permissionsFor(unit.name);
  const permissions = resolvePermissions({ net, run, env }, [narrowed], {});
  return new HostBroker({
    resolve: systemNames,
    // What runs for a plugin may do no more than that plugin.
    confine: unit.placement === 'process' ? refuse : asItIs,
    onDenied: () => undefined,
    ...surroundings,
    plugin: unit.name,
    permissions,
    asked: { net, run, env },
    turns: turnsOf(unit),
    limits: limitsOf(unit, security.limitsFor(unit.name, command)),
  });
}

/** Memory is not limited for what runs in the host, nor for its programs. */
function limitsOf({ placement }: PluginUnit, { processes, memory }: ExecutionLimits): UsageLimits {
  return placement === 'process' ? { processes, memory } : { processes };
}

const turns = new WeakMap<PluginUnit, PluginTurns>();

function turnsOf(unit: PluginUnit): PluginTurns {
  const own = turns.get(unit) ?? { programs: new Turns(), fetches: new Turns(), lookups: new Turns() };
  turns.set(unit, own);
  return own;
}

const refuse: Confine = () => Promise.reject(new Error('its plugin runs confined, and what it runs cannot be confined with it'));
