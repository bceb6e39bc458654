import { accessSync, constants } from 'node:fs';
import { StructumError, type DeniedPermission } from '../errors/index.js';
import { isInFolder, thisSystem } from '../platform/path-system.js';
import { walkedPath } from '../platform/walked-path.js';
import { allowsPath, permissionDenied, type Denial, type DeniedProcess, type ProcessDenial } from './permission-denied.js';

/**
 * The `PERMISSION_DENIED` that an error of a confined process stands for; `undefined` where it stands for something else,
 * and where the plugin made an error of its own of it.
 *
 * @param error - What a command threw.
 */
export function deniedFrom(error: unknown, process: DeniedProcess): StructumError | undefined {
  const denial = denialIn(error, process, MOST_CAUSES);
  return denial === undefined ? undefined : permissionDenied(denial, process, error);
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

function denialIn(error: unknown, process: DeniedProcess, depth: number): ProcessDenial | undefined {
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

function denialBy(error: NodeError, process: DeniedProcess): ProcessDenial | undefined {
  const { code } = error;
  if (code === 'ERR_DLOPEN_DISABLED') return { permission: 'addons', wanted: '' };
  if (code === 'ERR_ACCESS_DENIED') return deniedByNode(error, process);
  if (UNREACHABLE.has(code)) return deniedName(error);
  if (code === 'ENOENT') return deniedSight(error, process);
  return REFUSED.has(code) ? deniedBySystem(error, process) : undefined;
}

/** Node's own permissions. */
function deniedByNode(error: NodeError, { cwd, granted }: DeniedProcess): ProcessDenial | undefined {
  const { permission, resource } = error;
  const denied = OF_NODE.get(permission) ?? (error.syscall === undefined ? undefined : 'net');
  if (denied === undefined) return undefined;
  if (denied === 'net') return deniedName(error) ?? { permission: denied, wanted: textOf(resource) ?? addressIn(error), through: FETCH };
  // Of the others, Node tells inner names.
  const wanted = ['read', 'write', 'run'].includes(denied) ? textOf(resource) ?? '' : '';
  if (denied === 'run') return { permission: denied, wanted, through: EXEC };
  if (wanted === '') return { permission: denied, wanted };
  const path = thisSystem.path.resolve(cwd, wanted);
  return { permission: denied, wanted: path, ...(denied === 'write' && isMadeByHost(path, granted) ? { through: REPLACE_FILE } : {}) };
}

const OF_NODE: ReadonlyMap<unknown, DeniedPermission> = new Map([
  ['FileSystemRead', 'read'], ['FileSystemWrite', 'write'], ['ChildProcess', 'run'], ['WorkerThreads', 'workers'], ['WASI', 'wasi'], ['Inspector', 'inspector'], ['Addons', 'addons'], ['Net', 'net'],
]);

/** What the system says where it does not let a process do something. */
const REFUSED: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EROFS']);

function deniedBySystem(error: NodeError, process: DeniedProcess): ProcessDenial | undefined {
  const syscall = textOf(error.syscall) ?? '';
  if (/^(?:connect|bind|listen|socket|send)/.test(syscall)) return { permission: 'net', wanted: addressIn(error), through: FETCH };
  if (syscall.startsWith('spawn') || syscall === 'fork' || syscall === 'execve') return { permission: 'run', wanted: textOf(error.path) ?? syscall.split(' ')[1] ?? '', through: EXEC };
  if (syscall === 'kill') return { permission: 'signals', wanted: '' };
  return pathsIn(error, process).map((path) => deniedPath(path, error, process)).find((denial) => denial !== undefined);
}

/** What the host does for plugins whose own processes may not. */
const [EXEC, FETCH, REPLACE_FILE] = ['context.exec()', 'context.fetch()', 'context.replaceFile()'] as const;

/** The paths that an error is about, absolute. */
function pathsIn({ path, dest }: NodeError, { cwd }: DeniedProcess): readonly string[] {
  return [textOf(path), textOf(dest)].flatMap((text) => (text === undefined ? [] : [thisSystem.path.resolve(cwd, text)]));
}

/** What it may use, and the system does not let its user use either, was not denied to it. */
function deniedPath(path: string, { code, syscall }: NodeError, { granted }: DeniedProcess): ProcessDenial | undefined {
  const real = walkedPath(path)?.path ?? path;
  if (isMadeByHost(path, granted)) return { permission: 'write', wanted: path, ...(syscall === 'mkdir' ? {} : { through: REPLACE_FILE }) };
  if (allowsPath(granted, 'write', real)) return undefined;
  if (code === 'EROFS' || !isReading(syscall)) return { permission: 'write', wanted: path };
  return allowsPath(granted, 'read', real) ? undefined : { permission: 'read', wanted: path };
}

/** What is not there yet can be granted in a folder that is not: the host can make it there, where its user may, and no process can. */
function isMadeByHost(path: string, granted: DeniedProcess['granted']): boolean {
  const walked = walkedPath(path);
  if (walked === undefined || walked.exists || !allowsPath(granted, 'write', walked.path)) return false;
  const folder = thisSystem.path.dirname(walked.path);
  return !allowsPath(granted, 'write', folder) && isWritable(folder);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a process may not see is not there for it: in folders that it works in, what it was not granted was denied to it. */
function deniedSight(error: NodeError, process: DeniedProcess): ProcessDenial | undefined {
  if (!isReading(error.syscall)) return undefined;
  const { granted, places: { workspace, data } } = process;
  const known = [workspace, data].filter((folder) => folder !== undefined);
  const isDenied = (path: string): boolean =>
    known.some((folder) => isInFolder(path, folder, thisSystem)) && !allowsPath(granted, 'read', walkedPath(path)?.path ?? path);
  const wanted = pathsIn(error, process).find(isDenied);
  return wanted === undefined ? undefined : { permission: 'read', wanted };
}

function isReading(syscall: unknown): boolean {
  return READING.test(textOf(syscall) ?? '');
}

const READING = /^(?:open|opendir|scandir|read|stat|lstat|statfs|readlink|realpath|access|watch)$/;

/** Nobody answers for names where there is no network. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(['EAI_AGAIN', 'ENOTFOUND', 'ENETUNREACH']);

function deniedName(error: NodeError): ProcessDenial | undefined {
  const host = textOf(error.hostname) ?? (error.code === 'ENETUNREACH' ? addressIn(error) : undefined);
  return host === undefined ? undefined : { permission: 'net', wanted: host, through: FETCH };
}

function addressIn({ address, port, path }: NodeError): string {
  const host = textOf(address);
  if (host === undefined) return textOf(path) ?? '';
  return `${host.includes(':') ? `[${host}]` : host}${typeof port === 'number' ? `:${String(port)}` : ''}`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
