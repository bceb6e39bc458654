/** What a confined process may do. It never has a network. */
export interface Confinement {
  /**
   * Files and folders, absolute, with all links resolved. What is not there or leads elsewhere by now, and what the kernel makes
   * up (in /proc, /sys, /dev), is left out.
   */
  readonly read: readonly string[];
  /** The same, to be read too. Where a file is to be made, grant its folder. */
  readonly write: readonly string[];
  /** What else may be read, by the paths that it is looked for: code, and files of git. */
  readonly found?: readonly FollowedPath[];
  /** Folders that are to be seen, and nothing of what is in them. */
  readonly empty?: readonly string[];
  /** Where the process starts: an absolute path. It needs not be readable. */
  readonly cwd: string;
  /** All that the process finds in its environment, beside its own HOME, TMPDIR and TZ; without what would change Node itself. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: ProcessLimits;
}

/** A path by which something is looked for, and where that led when it was followed. */
export interface FollowedPath {
  readonly given: string;
  /** Absolute, with all links resolved. */
  readonly path: string;
  readonly links: readonly LinkOnTheWay[];
}

/** A symbolic link that leads to what is granted. */
export interface LinkOnTheWay {
  /** Behind no link itself. */
  readonly path: string;
  /** As it is written in the link. */
  readonly target: string;
}

/** Limits of a process, from its start on. It never starts another one. */
export interface ProcessLimits {
  /** Bytes, beyond what Node itself takes to start. */
  readonly memory?: number;
  /** Milliseconds, rounded up to seconds. */
  readonly cpuTime?: number;
  readonly openFiles?: number;
}

/** What may be asked of a confinement. */
export interface ConfinementOptions {
  /** `strict` takes only what the kernel enforces. */
  readonly mode: 'standard' | 'strict';
  /** Where to remember what was found out about this machine. Without it each process finds it out anew. */
  readonly cacheFolder?: string | undefined;
}

/** What a confinement keeps a process from. */
export type Control =
  | 'files' | 'file-metadata' | 'existence' | 'network' | 'processes' | 'signals' | 'kernel-interfaces'
  | 'memory' | 'cpu-time' | 'environment' | 'descriptors' | 'death-with-host';

/** How a control holds. */
export interface ControlState {
  readonly control: Control;
  /** `node`: by Node's own checks, which are no boundary; `none`: not at all. */
  readonly by: 'kernel' | 'node' | 'none';
  readonly means?: 'bubblewrap' | 'landlock' | 'seccomp' | 'rlimit' | 'permission-flags' | 'close-on-exec' | 'death-signal' | 'seatbelt' | 'launcher';
  /** What it leaves open. */
  readonly detail?: string;
}

/** How to start a confined process: with `stdio` as `withHanded()` says, and `detached: true`. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Descriptors of this process, to hand over. {@link release} closes them. */
  readonly stdio: readonly number[];
  readonly controls: readonly ControlState[];
  /** How many processes stay around it, beside its own. */
  readonly confiners: number;
  /** How the process ended, by what `exit` says of the program that was started. */
  endOf(code: number | null, signal: NodeJS.Signals | null): ProcessEnd;
  /** Closes the descriptors; to be called once the process was started, or was not. A second call does nothing. */
  release(): void;
  /** Removes what was made for the process; to be called once it ended. A second call does nothing. */
  dispose(): void;
}

/** As `exit` of a child process says it. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}
