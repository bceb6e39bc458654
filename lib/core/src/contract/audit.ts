import type { TrustTier } from './registry.js';
import type { ExecutorKind } from './security.js';

/** What is common to all that is recorded. */
interface AuditedCommand {
  /** As ISO 8601 has it, in UTC. */
  readonly time: string;
  /** Of the execution, as in events. */
  readonly execution: string;
  readonly command: string;
  readonly plugin: string;
  readonly version: string;
  readonly tier: TrustTier;
  readonly executor: ExecutorKind;
}

/** A run of a command that is over. */
export interface AuditedRun extends AuditedCommand {
  readonly event: 'run';
  readonly outcome: 'done' | 'failed' | 'cancelled';
  /** Milliseconds since it was its turn, with its plugin up; absent where that never came. */
  readonly duration?: number;
  readonly exitCode: number;
  /** Of the error that it ended with. */
  readonly code?: string;
  /** Which limit ended it. */
  readonly limit?: string;
}

/** Something that was denied to a plugin. */
export interface AuditedDenial extends AuditedCommand {
  readonly event: 'denied';
  /** `read`, `net`, …: see the details of `PERMISSION_DENIED`. */
  readonly permission: string;
  /** A path, a host, a name; empty where nothing says. */
  readonly wanted: string;
}

/** What is recorded of plugins. */
export type AuditRecord = AuditedRun | AuditedDenial;

/** Where records go: to a file as lines of JSON, or to a function. */
export type AuditTarget = { /** Absolute path; it is made when it is first needed, for its user alone. */ readonly file: string } | ((record: AuditRecord) => void);
