import type { Broker, SecurityPolicy } from '../contract/index.js';
import type { StructumError } from '../errors/index.js';
import type { PluginUnit } from '../plugins/plugin-unit.js';
import type { CallConfinement } from './command-context.js';

/** What brokers of plugins need from their host. */
export interface LifetimeBrokerHost {
  /** As it is in force by now. */
  readonly security: () => SecurityPolicy;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where programs run. */
  readonly cwd: string;
  /** Is told of what a plugin wanted and may not, whatever it makes of that. */
  readonly onDenied: (error: StructumError) => void;
}

/**
 * Works for a plugin for as long as that is up, beside its commands: by what is decided about it at each use.
 *
 * @param confinement - What it is confined to, where it is.
 */
export function lifetimeBroker(unit: PluginUnit, { security, ...surroundings }: LifetimeBrokerHost, confinement?: CallConfinement): Broker {
  const broker = async (): Promise<Broker> => {
    // Most plugins ask nothing of it, and hosts do not wait for its code.
    const { brokerFor } = await import('./broker/index.js');
    return brokerFor(unit, security(), { ...surroundings, signal: unit.lifetime, confinement });
  };
  return {
    fetch: async (url, options) => (await broker()).fetch(url, options),
    exec: async (program, args, options) => (await broker()).exec(program, args, options),
  };
}
