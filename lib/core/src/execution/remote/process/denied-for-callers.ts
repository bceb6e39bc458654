import { catalogued, isCatalogued, StructumError, type ErrorParams } from '../../../errors/index.js';
import { denialOf } from '../../../security/index.js';

/** A plugin that runs for others, and may do no more than they may. */
export interface BoundPlugin {
  readonly plugin: string;
  /** Outermost first. */
  readonly callers: readonly string[];
  /** What an error says was denied to it, as an error of the host. */
  readonly deniedFrom: (error: unknown) => StructumError | undefined;
}

/** What an error of such a plugin means for those who run it: a denial stays one, whatever the plugin made of it, and says for whom it ran. */
export function deniedForCallers(error: unknown, { plugin, callers, deniedFrom }: BoundPlugin): unknown {
  const isTold = denialOf(error) !== undefined;
  const denied = isTold ? error : deniedFrom(error) ?? (StructumError.is(error) ? deniedFrom(error.cause) : undefined) ?? error;
  if (!isCatalogued(denied) || denied.code !== 'PERMISSION_DENIED' || !isOf(denied.details, plugin)) return denied;
  return catalogued('PERMISSION_DENIED', { ...denied.details, callers, remedy: 'callers' }, denied.cause);
}

/** Whether they are what the host says of that plugin: what comes from a process may be anything. */
function isOf(details: Readonly<Record<string, unknown>> | undefined, plugin: string): details is DeniedDetails {
  return details?.['plugin'] === plugin && BY_PERMISSIONS.has(details['remedy']) && typeof details['permission'] === 'string' && typeof details['wanted'] === 'string';
}

/** Where a permission is what is missing. */
const BY_PERMISSIONS: ReadonlySet<unknown> = new Set([undefined, 'configuration']);

type DeniedDetails = Readonly<Record<string, unknown>> & ErrorParams<'PERMISSION_DENIED'>;
