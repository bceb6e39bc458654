import type { AuditedRun, CommandRecord } from '../contract/index.js';
import type { StructumError } from '../errors/index.js';
import { uptime } from '../platform/index.js';
import type { HostEvents } from '../plugins/host-events.js';
import type { Lifecycle } from '../plugins/lifecycle.js';
import { denialOf, type AuditTrail, type Denial } from '../security/index.js';
import type { CommandCall } from './executor.js';
import { placementOfCall } from './placement.js';

/** Who wants to know what becomes of a run. */
export interface RunObservers {
  readonly events: HostEvents;
  readonly audit: AuditTrail;
  readonly lifecycle: Pick<Lifecycle, 'placementOf'>;
}

interface FoundCommand extends Pick<CommandCall, 'unit' | 'within'> {
  readonly record: CommandRecord;
  readonly execution: string;
}

/** What is denied to one run after so much is not recorded any more: nobody is to drive other records out of the log. */
const MOST_DENIALS = 100;

/** Characters of what was wanted. */
const LONGEST = 1024;

/** A run of a command, as it is recorded: what is denied on the way at once, the rest when it is over. */
export class AuditedExecution {
  readonly #observers: RunObservers;
  readonly #told = new Set<string>();
  #found: FoundCommand | undefined;
  #began: number | undefined;

  constructor(observers: RunObservers) {
    this.#observers = observers;
  }

  /** Its command was found: before that there is nobody to record anything of. */
  found(found: FoundCommand): void {
    this.#found = found;
  }

  /** It is its turn: from now on its time counts. */
  began(): void {
    this.#began = uptime();
  }

  /** What was denied is told once, also where the plugin tries again, or fails with it in the end. */
  failedWith(error: unknown): void {
    const denial = denialOf(error);
    if (denial !== undefined) this.#denied(denial);
  }

  #denied(denial: Denial): void {
    const { permission } = denial;
    const wanted = denial.wanted.length > LONGEST ? `${denial.wanted.slice(0, LONGEST)}…` : denial.wanted;
    const key = `${permission} ${wanted}`;
    if (this.#found === undefined || this.#told.has(key) || this.#told.size >= MOST_DENIALS) return;
    this.#told.add(key);
    const { execution, record, unit } = this.#found;
    this.#observers.audit.denied({ event: 'denied', ...this.#command(this.#found), permission, wanted });
    this.#observers.events.emit('permission:denied', { command: record.path, plugin: unit.name, execution, permission, wanted });
  }

  ended({ outcome, exitCode }: Pick<AuditedRun, 'outcome' | 'exitCode'>, failure: StructumError | undefined): void {
    if (this.#found === undefined) return;
    this.failedWith(failure);
    const limit = failure?.code === 'LIMIT_EXCEEDED' ? failure.details?.['limit'] : undefined;
    this.#observers.audit.ran({
      event: 'run', ...this.#command(this.#found), outcome,
      ...(this.#began === undefined ? {} : { duration: Math.round((uptime() - this.#began) * 1000) / 1000 }),
      exitCode,
      ...(failure === undefined ? {} : { code: failure.code }),
      ...(typeof limit === 'string' ? { limit } : {}),
    });
  }

  #command({ execution, record, unit, within }: FoundCommand): Pick<AuditedRun, 'execution' | 'command' | 'plugin' | 'version' | 'tier' | 'executor'> {
    return { execution, command: record.path, plugin: unit.name, version: unit.manifest.version, tier: unit.tier, executor: placementOfCall({ unit, within }, this.#observers.lifecycle) };
  }
}
