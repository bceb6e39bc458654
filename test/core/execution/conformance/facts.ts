import { StructumError, type LogRecord } from '@structum/core';

/** What an error says, as data that can be compared. */
export interface ErrorFacts {
  readonly name: unknown;
  readonly message: unknown;
  readonly cause?: unknown;
  readonly [fact: string]: unknown;
}

const FACTS = ['code', 'hint', 'details', 'exitCode', 'source', 'errno', 'syscall', 'path'] as const;

/** What an error says, and what it follows from. */
export function errorFacts(error: unknown): ErrorFacts {
  const { name, message, cause, errors } = error as Error & { readonly errors?: readonly unknown[] };
  return {
    name, message,
    type: error instanceof Error ? Object.prototype.toString.call(error) : typeof error,
    isStructumError: StructumError.is(error),
    ...Object.fromEntries(FACTS.filter((fact) => (error as Record<string, unknown>)[fact] !== undefined).map((fact) => [fact, (error as Record<string, unknown>)[fact]])),
    ...('cause' in (error as object) ? { cause: factsOf(cause) } : {}),
    ...(errors === undefined ? {} : { errors: errors.map(factsOf) }),
  };
}

/** What a line says, but for when. */
export function logFacts({ level, message, fields }: LogRecord): { readonly level: string; readonly message: string; readonly fields: object } {
  return { level, message, fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, factsOf(value)])) };
}

function factsOf(value: unknown): unknown {
  return value instanceof Error || StructumError.is(value) ? errorFacts(value) : value;
}

/** Where in the probe's code an error, or what it follows from, was made; the lines of the core differ by how it got there. */
export function placeOf(error: unknown): string | undefined {
  const { stack, cause } = (error ?? {}) as Error;
  return /\bprobe[\\/]index\.cjs:\d+:\d+/.exec(stack ?? '')?.[0] ?? (cause === undefined ? undefined : placeOf(cause));
}
