/** What {@link Broker.fetch} takes beside the address. */
export interface FetchOptions {
  /** `GET` when left out. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Milliseconds until all of the answer must be there: 30 seconds when left out, 10 minutes at most. */
  readonly timeout?: number;
  /** How many bytes the body of the answer may have: 16 MiB when left out, and at most. */
  readonly maxBytes?: number;
  /** `follow` goes where an answer sends it, 5 times at most; `manual` gives that answer, and `error` fails. */
  readonly redirect?: 'follow' | 'manual' | 'error';
}

/** An answer as data. */
export interface ResponseData {
  readonly status: number;
  readonly statusText: string;
  /** By their names in lower case; what came more than once is joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from in the end. */
  readonly url: string;
  /** As it came, all of it. */
  readonly body: Uint8Array;
}

/** An answer, also one with a status that says that something is wrong. */
export interface BrokeredResponse extends ResponseData {
  /** Whether the status is one of those that say that all is well: 200 to 299. */
  readonly ok: boolean;
  /** The body as UTF-8. */
  text(): string;
  /** The body as JSON. @throws SyntaxError where it is none */
  json(): unknown;
}

/** What {@link Broker.exec} takes beside the program and its arguments. */
export interface ExecOptions {
  /** Where it runs, relative to the folder that the command was called in; that folder when left out. */
  readonly cwd?: string;
  /** What it reads from its standard input; nothing when left out. */
  readonly input?: string | Uint8Array;
  /** Milliseconds until it must have ended: 60 seconds when left out, an hour at most. */
  readonly timeout?: number;
  /** How many bytes it may write, to its output and its error output together: 16 MiB when left out, and at most. */
  readonly maxBytes?: number;
  /** Variables of its environment, beside those that the plugin may see, and `PATH`: of names that the plugin may see. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a program ended, and what it wrote. */
export interface ExecResult {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  /** The signal that ended it, `SIGSEGV`; `null` where none did. */
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** What the host does for a plugin that may not do it itself: the same wherever the plugin runs. */
export interface Broker {
  /**
   * Asks a server by http or https. The plugin's permission `net` must name it, as `host:port`; addresses that are not
   * public, by their number: `10.0.0.5:8080`. The host looks names up, and connects to what it found and checked.
   * @throws `PERMISSION_DENIED`, `FETCH_FAILED`, `FETCH_TIMED_OUT`, `FETCH_TOO_LARGE`; `DISPOSED` when the command is over
   */
  fetch(url: string | URL, options?: FetchOptions): Promise<BrokeredResponse>;
  /**
   * Runs a program, without a shell, to its end; what it started itself ends with it. The plugin's permission `run` must name
   * it as it is named here: by its name, or by its absolute path.
   * @throws `PERMISSION_DENIED`, `EXEC_FAILED`, `EXEC_TIMED_OUT`, `EXEC_TOO_LARGE`; `DISPOSED` when the command is over
   */
  exec(program: string, args?: readonly string[], options?: ExecOptions): Promise<ExecResult>;
}
