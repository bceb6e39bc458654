/** What a reference may be resolved with. */
export interface SchemeContext {
  /** The environment variables that the host was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's, where there is one. */
  readonly home: string | undefined;
  /** The modules from which packages of the host are found, absolute. */
  readonly locations: readonly string[];
  /** The folder that the host works in. */
  readonly cwd: string;
  /** The folder of the file that holds the reference; absent where that is none. */
  readonly folder?: string | undefined;
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** A scheme that every host knows. */
export interface Scheme {
  /** Milliseconds for which a value is kept; 0 where only those share it who ask for it at the same time. */
  readonly lifetime: number;
  /** Whether it is only for who may run programs. */
  readonly runsPrograms?: true;
  /** @throws a `SecretFailure`. */
  resolve(target: string, context: SchemeContext): string | Promise<string>;
}
