import type { AuditedDenial, AuditedRun, AuditRecord, AuditTarget, SecurityPolicy } from '../contract/index.js';
import { catalogued, messageOf, type StructumError } from '../errors/index.js';
import { AuditLog } from './audit-log.js';

/** What a trail needs from its host. */
export interface AuditTrailHost {
  /** Nothing is recorded where there is none. */
  readonly target: AuditTarget | undefined;
  /** As it is in force by now. */
  readonly policy: () => SecurityPolicy;
  readonly redact: (record: AuditRecord) => AuditRecord;
  readonly warn: (error: StructumError) => void;
}

/** A record without its time. */
export type Untimed<Recorded extends AuditRecord> = Omit<Recorded, 'time'>;

/** Records what plugins do: of those that are not of the host, and of all where they are contained strictly. */
export class AuditTrail {
  readonly #host: AuditTrailHost;
  readonly #write: ((record: AuditRecord) => void) | undefined;
  #hasFailed = false;

  constructor(host: AuditTrailHost) {
    this.#host = host;
    const { target } = host;
    const log = typeof target === 'object' ? new AuditLog(target.file) : undefined;
    this.#write = typeof target === 'function' ? target : log === undefined ? undefined : (record) => { log.write(record); };
  }

  /** A run that is over. */
  ran(run: Untimed<AuditedRun>): void {
    if (run.tier !== 'host' || this.#host.policy().mode === 'strict') this.#record(run);
  }

  /** Something that was denied, to whichever plugin. */
  denied(denial: Untimed<AuditedDenial>): void {
    this.#record(denial);
  }

  /** What cannot be written takes no command down; it is told once. */
  #record(record: Untimed<AuditedRun> | Untimed<AuditedDenial>): void {
    if (this.#write === undefined || !this.#host.policy().audit) return;
    try {
      this.#write(this.#host.redact({ time: new Date().toISOString(), ...record }));
    } catch (error) {
      if (!this.#hasFailed) this.#host.warn(catalogued('AUDIT_UNWRITABLE', { reason: messageOf(error) }, error));
      this.#hasFailed = true;
    }
  }
}
