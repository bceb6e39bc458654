import { ConfigService, PolicyService } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { strangerFor } from './askers.js';
import type { PluginUnit } from './plugin-unit.js';

/** What changes the configuration of a host, by the core service that does it. */
const CHANGES: ReadonlyMap<string, ReadonlySet<unknown>> = new Map([
  [ConfigService.id, new Set(['set', 'unset'])],
  [PolicyService.id, new Set(['setEnabled'])],
]);

/**
 * A core service as `unit` may use it, also where it holds it for long: each use is checked anew, and what changes the
 * configuration is for plugins of the host, where only such asked for it.
 *
 * @param check - Throws where those who ask may not use the service.
 */
export function guardedService(unit: PluginUnit, id: string, service: object, check: () => void): object {
  const changes = CHANGES.get(id);
  return new Proxy(service, {
    get: (target, name) => {
      check();
      if (changes?.has(name) === true) refuseStrangers(unit);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

/** @throws `CONFIG_CHANGE_REFUSED` */
function refuseStrangers(unit: PluginUnit): void {
  const stranger = strangerFor(unit);
  if (stranger !== undefined) throw catalogued('CONFIG_CHANGE_REFUSED', { plugin: stranger.name });
}
