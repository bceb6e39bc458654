import type { ResolvedPermissions } from '../contract/index.js';
import { catalogued, StructumError, type DeniedPermission } from '../errors/index.js';
import { PLACES } from '../manifest/permission-entry.js';
import { isInFolder, thisSystem } from '../platform/path-system.js';
import type { PermissionPlaces } from './permission-paths.js';

/** What was denied to a plugin. */
export interface Denial {
  readonly permission: DeniedPermission;
  /** A path, a host, a name; empty where nothing says. */
  readonly wanted: string;
}

/** Whose error it is. */
export interface DeniedProcess {
  readonly plugin: string;
  /** What it may do, the paths that its user named for the call included. */
  readonly granted: ResolvedPermissions;
  /** The same before a configuration narrows it. */
  readonly asked: ResolvedPermissions;
  /** What it says relative paths from. */
  readonly cwd: string;
  readonly places: PermissionPlaces;
}

/**
 * The `PERMISSION_DENIED` that an error of a confined process stands for; `undefined` where it stands for something else,
 * and where the plugin made an error of its own of it.
 *
 * @param error - What a command threw.
 */
export function deniedFrom(error: unknown, process: DeniedProcess): StructumError | undefined {
  const denial = denialIn(error, process, MOST_CAUSES);
  if (denial === undefined) return undefined;
  return catalogued('PERMISSION_DENIED', { plugin: process.plugin, ...denial, ...entryFor(denial, process.places), ...(isTakenAway(denial, process) ? { remedy: 'configuration' } : {}) }, error);
}

/** What an error says was denied, where it is one of Structum's own. */
export function denialOf(error: unknown): Denial | undefined {
  if (!StructumError.is(error)) return undefined;
  const { permission, wanted, service } = error.details ?? {};
  if (error.code === 'SERVICE_NOT_GRANTED') return { permission: 'services', wanted: String(service) };
  return error.code === 'PERMISSION_DENIED' && typeof wanted === 'string' ? { permission: permission as DeniedPermission, wanted } : undefined;
}

/** As deep as Node nests them, as for `fetch`. */
const MOST_CAUSES = 4;

/** What Node says of what could not be done. */
type NodeError = Error & Readonly<Partial<Record<'code' | 'syscall' | 'path' | 'dest' | 'hostname' | 'address' | 'permission' | 'resource' | 'port', unknown>>> & { readonly errors?: unknown };

function denialIn(error: unknown, process: DeniedProcess, depth: number): Denial | undefined {
  if (!(error instanceof Error) || StructumError.is(error)) return undefined;
  const denial = denialBy(error, process);
  if (denial !== undefined || depth === 0) return denial;
  const { cause, errors } = error as NodeError;
  const causes: readonly unknown[] = [cause, ...(Array.isArray(errors) ? (errors as readonly unknown[]).slice(0, MOST_CAUSES) : [])];
  for (const inner of causes) {
    const found = denialIn(inner, process, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function denialBy(error: NodeError, process: DeniedProcess): Denial | undefined {
  const { code } = error;
  if (code === 'ERR_DLOPEN_DISABLED') return { permission: 'addons', wanted: '' };
  if (code === 'ERR_ACCESS_DENIED') return deniedByNode(error, process);
  if (UNREACHABLE.has(code)) return deniedName(error);
  return REFUSED.has(code) ? deniedBySystem(error, process) : undefined;
}

/** Node's own permissions. */
function deniedByNode(error: NodeError, { cwd }: DeniedProcess): Denial | undefined {
  const { permission, resource } = error;
  const denied = OF_NODE.get(permission) ?? (error.syscall === undefined ? undefined : 'net');
  if (denied === undefined) return undefined;
  if (denied === 'net') return deniedName(error) ?? { permission: denied, wanted: textOf(resource) ?? addressIn(error) };
  // Of the others, Node tells inner names.
  const wanted = ['read', 'write', 'run'].includes(denied) ? textOf(resource) ?? '' : '';
  return { permission: denied, wanted: wanted === '' || denied === 'run' ? wanted : thisSystem.path.resolve(cwd, wanted) };
}

const OF_NODE: ReadonlyMap<unknown, DeniedPermission> = new Map([
  ['FileSystemRead', 'read'], ['FileSystemWrite', 'write'], ['ChildProcess', 'run'], ['WorkerThreads', 'workers'], ['WASI', 'wasi'], ['Inspector', 'inspector'], ['Addons', 'addons'], ['Net', 'net'],
]);

/** What the system says where it does not let a process do something. */
const REFUSED: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EROFS']);

function deniedBySystem(error: NodeError, { granted, cwd }: DeniedProcess): Denial | undefined {
  const syscall = textOf(error.syscall) ?? '';
  if (/^(?:connect|bind|listen|socket|send)/.test(syscall)) return { permission: 'net', wanted: addressIn(error) };
  if (syscall.startsWith('spawn') || syscall === 'fork' || syscall === 'execve') return { permission: 'run', wanted: textOf(error.path) ?? syscall.split(' ')[1] ?? '' };
  if (syscall === 'kill') return { permission: 'signals', wanted: '' };
  const paths = [textOf(error.path), textOf(error.dest)].filter((path) => path !== undefined);
  return paths.map((path) => deniedPath(thisSystem.path.resolve(cwd, path), error, granted)).find((denial) => denial !== undefined);
}

/** What it may use, and the system does not let its user use either, was not denied to it. */
function deniedPath(path: string, { code, syscall }: NodeError, granted: ResolvedPermissions): Denial | undefined {
  if (allows(granted.write, path)) return undefined;
  if (code === 'EROFS' || !READING.test(textOf(syscall) ?? '')) return { permission: 'write', wanted: path };
  return allows(granted.read, path) ? undefined : { permission: 'read', wanted: path };
}

const READING = /^(?:open|opendir|scandir|read|stat|lstat|statfs|readlink|realpath|access|watch)$/;

function allows(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => isInFolder(path, folder, thisSystem));
}

/** Nobody answers for names where there is no network. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(['EAI_AGAIN', 'ENOTFOUND', 'ENETUNREACH']);

function deniedName(error: NodeError): Denial | undefined {
  const host = textOf(error.hostname) ?? (error.code === 'ENETUNREACH' ? addressIn(error) : undefined);
  return host === undefined ? undefined : { permission: 'net', wanted: host };
}

function addressIn({ address, port, path }: NodeError): string {
  const host = textOf(address);
  if (host === undefined) return textOf(path) ?? '';
  return `${host.includes(':') ? `[${host}]` : host}${typeof port === 'number' ? `:${String(port)}` : ''}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether its description has what it lacks. */
function isTakenAway({ permission, wanted }: Denial, { asked, granted }: DeniedProcess): boolean {
  if (permission !== 'read' && permission !== 'write') return false;
  return allows(asked[permission], wanted) && !allows(granted[permission], wanted);
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
