import type { HostEvents } from './host-events.js';
import type { PluginUnit, UnitObserver } from './plugin-unit.js';

/** Tells the listeners of a host what becomes of its plugins: each change once, and by the name that it has. */
export function announcing(events: HostEvents): UnitObserver {
  return (unit, from, to) => {
    events.emit('plugin:changed', { plugin: unit.name, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
    if (from !== undefined) announce(events, unit, to);
  };
}

function announce(events: HostEvents, { name: plugin, reason, timings }: PluginUnit, state: string | undefined): void {
  switch (state) {
    case 'rejected': if (reason !== undefined) events.emit('plugin:rejected', { plugin, error: reason }); break;
    case 'loaded': events.emit('plugin:loaded', { plugin, duration: timings.load ?? 0 }); break;
    case 'active': events.emit('plugin:activated', { plugin, duration: timings.activate ?? 0 }); break;
    case 'failed': if (reason !== undefined) events.emit('plugin:failed', { plugin, error: reason }); break;
    case 'stopped': events.emit('plugin:deactivated', { plugin }); break;
    default:
  }
}
