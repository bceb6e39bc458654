import type { Broker, SecurityPolicy } from '../../contract/index.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import { resolvePermissions } from '../../security/index.js';
import { asItIs, HostBroker, systemNames, type BrokerHost, type Confine } from './broker.js';

/** What a plugin's broker needs from its host. */
export type PluginSurroundings = Pick<BrokerHost, 'env' | 'cwd' | 'signal'> & Partial<Pick<BrokerHost, 'confine' | 'onDenied'>>;

/** What works for a plugin, by what its manifest asks for and what is decided about it by now. */
export function brokerFor(unit: PluginUnit, security: SecurityPolicy, surroundings: PluginSurroundings): Broker {
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
  });
}

const refuse: Confine = () => Promise.reject(new Error('its plugin runs confined, and what it runs cannot be confined with it'));
