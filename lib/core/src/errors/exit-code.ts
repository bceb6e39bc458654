/** Exit codes of a command line, by the kind of failure. */
export const ExitCode = { failed: 1, usage: 2, refused: 3, timedOut: 124, interrupted: 130 } as const;
