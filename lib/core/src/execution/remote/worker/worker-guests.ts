import type { EffectiveLimits, SecurityPolicy } from '../../../contract/index.js';
import type { CommandCall } from '../../executor.js';
import type { PluginUnit } from '../../../plugins/plugin-unit.js';
import type { GuestKind } from '../guest-pool.js';
import type { Guests } from '../isolation.js';
import { unitId } from '../unit-id.js';
import { workerGuest } from './worker-guest.js';

/** Guests in worker threads of the host's own process: they may do what the host may. */
export class WorkerGuests implements Guests {
  readonly #policy: () => SecurityPolicy;

  /** @param policy - Gives what is in force by now. */
  constructor(policy: () => SecurityPolicy) {
    this.#policy = policy;
  }

  prepare(): void {
    // Nothing has to be found out first.
  }

  kindFor(unit: PluginUnit, call: CommandCall | undefined): Promise<GuestKind> {
    const limits = limitsOfThread(this.#policy().limitsFor(unit.name, call?.command.path));
    return Promise.resolve({ unit, limits, key: `${unitId(unit)} ${JSON.stringify(limits)}`, starter: () => Promise.resolve(workerGuest(limits)) });
  }

  meant(error: unknown): unknown {
    return error;
  }
}

/** What a thread can be held to: the others are those of a process. */
function limitsOfThread({ memory, output, keys }: EffectiveLimits): EffectiveLimits {
  return { ...(memory === undefined ? {} : { memory }), ...(output === undefined ? {} : { output }), ...(keys === undefined ? {} : { keys }) };
}
