import type { SandboxMode } from './security.js';
import { defineService } from './token.js';

/** What attempting the attack showed of one control. */
export interface ControlReport {
  /** What plugins in processes are kept from: `files`, `network`, `memory` and so on. */
  readonly control: string;
  /** Who enforces it: `node` means Node's own checks, which are no boundary; `none` nobody. */
  readonly by: 'kernel' | 'node' | 'none';
  /** By what it is enforced: `bubblewrap`, `landlock`, `seccomp`, `rlimit`, `permission-flags` and so on. */
  readonly means?: string;
  /** `holds`: the attack was denied, by the kernel. `degraded`: nothing but Node denies it, or nobody. `fails`: it succeeded, though it should not have. */
  readonly verdict: 'holds' | 'degraded' | 'fails';
  /** What stays open, or what the attack achieved. */
  readonly detail?: string;
}

/** What holds on this machine. */
export interface SecurityReport {
  /** For which mode it was asked. */
  readonly mode: SandboxMode;
  readonly controls: readonly ControlReport[];
  /** Controls that the mode promises, and that do not hold. */
  readonly broken: readonly string[];
}

/** Proves what keeps plugins in their place. */
export interface SecurityChecks {
  /**
   * Attempts an attack on each control, in real confined processes. That takes some seconds.
   * @param mode - The one in force when left out. `strict` promises that all controls hold; `standard`, that those the platform has do.
   */
  checkControls(mode?: SandboxMode): Promise<SecurityReport>;
}

/** Proves what keeps plugins in their place. Granted by `permissions: { services: ['structum.security'] }`. */
export const SecurityService = defineService<SecurityChecks>('structum.security');
