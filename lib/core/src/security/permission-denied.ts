import type { ResolvedPermissions } from '../contract/index.js';
import { catalogued, type DenialRemedy, type DeniedPermission, type HostService, type StructumError } from '../errors/index.js';
import { PLACES } from '../manifest/permission-entry.js';
import { isInFolder, thisSystem } from '../platform/path-system.js';
import { isVirtual } from '../platform/virtual-files.js';
import { walkedPath } from '../platform/walked-path.js';
import type { PermissionPlaces } from './permission-paths.js';
import { allowsHost, allowsProgram } from './permissions.js';

/** What was denied to a plugin. */
export interface Denial {
  readonly permission: DeniedPermission;
  /** A path, a host, a name; empty where nothing says. */
  readonly wanted: string;
}

/** What was denied to the process of a plugin. */
export interface ProcessDenial extends Denial {
  /** What has the host do it, where that is allowed. */
  readonly through?: HostService;
}

/** To what something was denied. */
export interface DeniedProcess {
  readonly plugin: string;
  /** What it may do, the paths that its user named for the call included, and what is not there. */
  readonly granted: ResolvedPermissions;
  /** The same before a configuration narrows it. */
  readonly asked: ResolvedPermissions;
  /** What it says relative paths from. */
  readonly cwd: string;
  readonly places: PermissionPlaces;
}

/** The `PERMISSION_DENIED` that says what would allow it. */
export function permissionDenied(denial: ProcessDenial, process: DeniedProcess, cause?: unknown): StructumError {
  return catalogued('PERMISSION_DENIED', { plugin: process.plugin, ...denial, ...entryFor(denial, process.places), ...remedyFor(denial, process) }, cause);
}

/** Whether a path may be read, or written: what may be written may be read. */
export function allowsPath({ read, write }: ResolvedPermissions, access: 'read' | 'write', path: string): boolean {
  return [...write, ...(access === 'read' ? read : [])].some((folder) => isInFolder(path, folder, thisSystem));
}

interface Remedy {
  readonly remedy?: DenialRemedy;
  readonly reason?: string;
}

function remedyFor(denial: ProcessDenial, process: DeniedProcess): Remedy {
  const { permission, wanted } = denial;
  if (permission === 'read' || permission === 'write') return wanted === '' ? {} : remedyForPath(permission, denial, process);
  const { asked, granted } = process;
  // An old Node does not say which program.
  if (permission === 'run' && wanted === '') return granted.run.length > 0 ? { remedy: 'host' } : {};
  const allows = permission === 'run' ? allowsProgram : permission === 'net' ? allowsHost : undefined;
  if (allows?.(granted, wanted) === true) return { remedy: 'host' };
  return allows?.(asked, wanted) === true ? { remedy: 'configuration' } : {};
}

function remedyForPath(access: 'read' | 'write', { wanted, through }: ProcessDenial, { asked, granted }: DeniedProcess): Remedy {
  const { path: real, exists } = walkedPath(wanted) ?? { path: wanted, exists: false };
  if (isVirtual(wanted) || isVirtual(real)) return { remedy: 'none' };
  if (allowsPath(granted, access, real)) return through === undefined ? { remedy: 'folder', ...(exists ? {} : { reason: 'it is not there' }) } : { remedy: 'host' };
  if (allowsPath(granted, access, wanted)) return { remedy: 'target', reason: 'a link leads out of what it may use' };
  return allowsPath(asked, access, real) ? { remedy: 'configuration' } : {};
}

/** What allows it, as a description has it, where that is not the same. */
function entryFor({ permission, wanted }: Denial, places: PermissionPlaces): { readonly entry?: string } {
  if (permission === 'net') return /:\d+$/.test(wanted) ? {} : { entry: `${wanted === '' ? 'example.org' : wanted}:443` };
  if (permission !== 'read' && permission !== 'write') return {};
  const { path: paths } = thisSystem;
  const place = PLACES.find((name) => places[name] !== undefined && isInFolder(wanted, places[name], thisSystem));
  const folder = place === undefined ? undefined : places[place];
  if (place === undefined || folder === undefined) return {};
  const rest = paths.relative(folder, wanted).split(paths.sep).join('/');
  return { entry: rest === '' ? `$${place}` : `$${place}/${rest}` };
}
