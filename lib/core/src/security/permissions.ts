import type { Permissions, ResolvedPermissions } from '../contract/index.js';
import { netEntry } from '../manifest/permission-entry.js';
import { isInFolder, thisSystem, type PathSystem } from '../platform/path-system.js';
import { PermissionPaths, type PermissionPlaces } from './permission-paths.js';

/**
 * What a plugin may do: what its manifest asks for, as far as each of those that narrow it allows that. Paths are those that
 * are there by now, and of `write` also what is not there yet.
 *
 * @param asked - Of the manifest.
 * @param narrowed - Each may leave kinds out, which then stay as they are.
 */
export function resolvePermissions(asked: Permissions, narrowed: readonly Permissions[], places: PermissionPlaces, { system = thisSystem, missing = false }: ResolveOptions = {}): ResolvedPermissions {
  const resolving = new PermissionPaths(places, asked.write ?? [], system);
  const voicesOn = (kind: keyof Permissions): readonly (readonly string[])[] => [asked[kind] ?? [], ...narrowed.flatMap((voice) => (voice[kind] === undefined ? [] : [voice[kind]]))];
  const resolved = (kind: 'read' | 'write'): readonly (readonly string[])[] => voicesOn(kind).map((entries) => resolving.resolved(entries, { isThere: kind === 'read' && !missing }));
  return allowedByAll((kind) => (kind === 'read' || kind === 'write' ? resolved(kind) : voicesOn(kind)), commonNet, system);
}

/** What each of two allows by itself: of a path in another one, the inner one. */
export function commonPermissions(one: ResolvedPermissions, other: ResolvedPermissions, system: PathSystem = thisSystem): ResolvedPermissions {
  return allowedByAll((kind) => [one[kind], other[kind]], commonServer, system);
}

/** @param voicesOn - What each allows of a kind; paths with all links resolved. */
function allowedByAll(voicesOn: (kind: keyof ResolvedPermissions) => readonly (readonly string[])[], net: Common, system: PathSystem): ResolvedPermissions {
  const names = (kind: 'net' | 'env' | 'run' | 'services', common: Common): readonly string[] => intersection(voicesOn(kind), common);
  const paths = (kind: 'read' | 'write'): readonly string[] => outermostPaths(intersection(voicesOn(kind), (one, other) => commonPath(one, other, system)), system);
  return { read: paths('read'), write: paths('write'), net: names('net', net), env: names('env', commonName), run: names('run', commonProgram), services: names('services', commonName) };
}

/** How permissions are resolved. */
export interface ResolveOptions {
  readonly system?: PathSystem;
  /** Whether `read` has what is not there, too: to judge what it was meant to allow. */
  readonly missing?: boolean;
}

/** What both of two entries allow; `undefined` where that is nothing. */
type Common = (one: string, other: string) => string | undefined;

function intersection([first = [], ...others]: readonly (readonly string[])[], common: Common): readonly string[] {
  const both = others.reduce<readonly string[]>((left, right) => left.flatMap((one) => right.flatMap((other) => common(one, other) ?? [])), first);
  return [...new Set(both)];
}

function commonPath(one: string, other: string, system: PathSystem): string | undefined {
  if (isInFolder(one, other, system)) return one;
  return isInFolder(other, one, system) ? other : undefined;
}

/** Without what is in another one. */
export function outermostPaths(paths: readonly string[], system: PathSystem = thisSystem): readonly string[] {
  return paths.filter((path, index) => !paths.some((other, at) => at !== index && isInFolder(path, other, system) && (at < index || !isInFolder(other, path, system))));
}

/** Of names, and of beginnings of names with a `*` behind. */
function commonName(one: string, other: string): string | undefined {
  if (coversName(other, one)) return one;
  return coversName(one, other) ? other : undefined;
}

function coversName(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** Of programs, and of `*` for all. */
function commonProgram(one: string, other: string): string | undefined {
  if (one === other || other === '*') return one;
  return one === '*' ? other : undefined;
}

/** Where an address is named, nobody who names it by a pattern may ask it: it need not be public. */
function commonServer(one: string, other: string): string | undefined {
  if (namesAddress(one) || namesAddress(other)) return one === other ? one : undefined;
  return commonNet(one, other);
}

function namesAddress(entry: string): boolean {
  const host = netEntry(entry)?.host ?? '';
  return host === 'localhost' || host.includes(':') || /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/.test(host);
}

function commonNet(one: string, other: string): string | undefined {
  const [left, right] = [netEntry(one), netEntry(other)];
  if (left === undefined || right === undefined) return undefined;
  const host = coversHost(right.host, left.host) ? left.host : coversHost(left.host, right.host) ? right.host : undefined;
  const port = right.port === '*' || right.port === left.port ? left.port : left.port === '*' ? right.port : undefined;
  if (host === undefined || port === undefined) return undefined;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function coversHost(pattern: string, host: string): boolean {
  if (pattern === '*' || pattern === host) return true;
  return pattern.startsWith('*.') && host.endsWith(pattern.slice(1));
}

/** Whether a program may be run that is given by this name. */
export function allowsProgram({ run }: Pick<ResolvedPermissions, 'run'>, program: string): boolean {
  return run.includes(program) || run.includes('*');
}

/** Whether a host is named, given with or without a port. */
export function allowsHost({ net }: Pick<ResolvedPermissions, 'net'>, wanted: string): boolean {
  const { host, port } = netEntry(wanted) ?? netEntry(`${wanted}:*`) ?? {};
  if (host === undefined) return false;
  const entries = net.flatMap((entry) => netEntry(entry) ?? []);
  return entries.some((entry) => coversHost(entry.host, host) && (port === '*' || entry.port === '*' || entry.port === port));
}

/** The variables that entries of `env` allow to be seen. */
export function grantedVariables(entries: readonly string[], env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const seen = Object.entries(env).filter((variable): variable is [string, string] => variable[1] !== undefined);
  return Object.fromEntries(seen.filter(([name]) => entries.some((entry) => coversName(entry, name))));
}
