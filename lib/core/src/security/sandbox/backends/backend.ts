import type { Confinement, ControlState, ProcessEnd } from '../confinement.js';
import type { GrantedPaths } from '../granted-paths.js';

/** A way to confine a process. */
export interface Backend {
  readonly name: string;
  readonly controls: readonly ControlState[];
  /** @param parent - The process that is to start it, or 0. */
  prepare(confinement: Confinement, granted: GrantedPaths, parent: number): Enclosure;
  /** The same for a program that may start others; absent where these could not be kept in. */
  prepareProgram?(confinement: Confinement, granted: GrantedPaths): Enclosure;
}

/** What a backend puts around one command. */
export interface Enclosure {
  /** The words before the command. */
  readonly words: readonly string[];
  /** How many processes stay around the command. */
  readonly confiners: number;
  /** Descriptors to hand over, see `withHanded()`. */
  readonly descriptors: readonly number[];
  /** A folder that only the process sees, as it sees it. */
  readonly temporaryFolder: string;
  /** What was made on disk for the process, to be removed after it. */
  readonly leftovers: readonly string[];
  endOf(code: number | null, signal: NodeJS.Signals | null): ProcessEnd;
}
