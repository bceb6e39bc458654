import type { Broker, SecurityPolicy } from '../../contract/index.js';
import type { PluginUnit } from '../../plugins/plugin-unit.js';
import { resolvePermissions } from '../../security/index.js';
import { HostBroker, OPEN, type BrokerHost } from './broker.js';

/** What works for a plugin, by what its manifest asks for and what is decided about it by now. */
export function brokerFor(unit: PluginUnit, security: SecurityPolicy, surroundings: Omit<BrokerHost, 'plugin' | 'permissions' | keyof typeof OPEN> & Partial<typeof OPEN>): Broker {
  const { net = [], run = [], env = [] } = unit.manifest.permissions;
  // Of paths nothing is said here: they need not be looked up.
  const { read: _read, write: _write, ...narrowed } = security.permissionsFor(unit.name);
  const permissions = resolvePermissions({ net, run, env }, [narrowed], {});
  return new HostBroker({ ...OPEN, ...surroundings, plugin: unit.name, permissions });
}
