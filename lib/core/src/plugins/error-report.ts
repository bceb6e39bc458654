import type { ErrorReport } from '../contract/index.js';
import { catalogue, messageOf, StructumError } from '../errors/index.js';
import { deepFreeze } from './deep-freeze.js';

/** Errors from which several others follow are looked at once. */
const reports = new WeakMap<StructumError, ErrorReport>();

/** An error as data of its own, frozen, with what it follows from: a tree where it follows from several. */
export function reportOf(error: StructumError): ErrorReport {
  const known = reports.get(error) ?? reportAnew(error);
  reports.set(error, known);
  return known;
}

function reportAnew({ code, message, hint, details, cause }: StructumError): ErrorReport {
  const causes = cause === undefined ? [] : causeReports(cause);
  const own = details === undefined ? undefined : detailsOf(code, details);
  return deepFreeze({
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(own === undefined ? {} : { details: own }),
    ...(causes.length === 0 ? {} : { causes }),
  });
}

/** What Structum says of its own errors is nobody else's. A plugin may go on with what it says, or have said what cannot be copied. */
function detailsOf(code: string, details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  if (Object.hasOwn(catalogue, code)) return details;
  try {
    return structuredClone(details);
  } catch {
    return undefined;
  }
}

function causeReports(cause: unknown): readonly ErrorReport[] {
  if (cause instanceof AggregateError) return (cause.errors as unknown[]).flatMap(causeReports);
  if (StructumError.is(cause)) return [reportOf(cause)];
  const inner = cause instanceof Error && cause.cause !== undefined ? causeReports(cause.cause) : [];
  return [{ code: codeOf(cause), message: messageOf(cause), ...(inner.length === 0 ? {} : { causes: inner }) }];
}

/** Node gives its own errors codes too. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'UNKNOWN';
}
