import { isServiceId, type Permissions } from '../contract/index.js';
import { similar } from '../errors/similar.js';

/** The kinds of permissions. */
export type PermissionKind = keyof Permissions;

/** The kinds of permissions, as they are listed. */
export const PERMISSION_KINDS = ['read', 'write', 'net', 'env', 'run', 'services'] as const satisfies readonly PermissionKind[];

/** What stands for folders in the permissions `read` and `write`. */
export const PLACES = ['workspace', 'plugin', 'data'] as const;

/** What stands in `read` for the files outside of what may be read that say what git ignores there. */
export const GIT_RULES = '$git';

/** What is wrong with each entry of permissions, as a sentence that says what may have been meant. */
export function permissionProblems(permissions: Permissions): readonly string[] {
  return PERMISSION_KINDS.flatMap((kind) => (permissions[kind] ?? []).flatMap((entry) => {
    const problem = entryProblem(kind, entry);
    return problem === undefined ? [] : [`the permission ${kind} ${JSON.stringify(entry)} ${problem}`];
  }));
}

/** What is wrong with an entry, as it reads after it; `undefined` where nothing is. */
export function entryProblem(kind: PermissionKind, entry: string): string | undefined {
  if (/\p{Cc}/u.test(entry) || entry.trim() !== entry || entry === '') return 'is empty, or has spaces or control characters around or in it';
  return RULES[kind](entry);
}

type Rule = (entry: string) => string | undefined;

const RULES: Readonly<Record<PermissionKind, Rule>> = { read: pathProblem, write: writtenProblem, net: netProblem, env: envProblem, run: runProblem, services: serviceProblem };

function pathProblem(entry: string): string | undefined {
  if (entry === GIT_RULES) return undefined;
  if (/[*?]/.test(entry.replace(/^\\\\\?\\/, ''))) return 'has a wildcard: name the folder, all that is in it is meant';
  if (entry.split(/[\\/]/).includes('..')) return 'has a "..": name where it leads';
  if (entry.startsWith('$')) return placeProblem(entry);
  if (/^~(?:\/|$)/.test(entry) || isAbsolutePath(entry)) return undefined;
  return entry.startsWith('~') ? 'names no home: only "~/…" does, that of the user' : `is not absolute: write "$workspace/${entry.replace(/^\.\//, '')}" or "$plugin/…"`;
}

function writtenProblem(entry: string): string | undefined {
  return entry === GIT_RULES ? 'may only be read' : pathProblem(entry);
}

function placeProblem(entry: string): string | undefined {
  const [, name = '', rest = ''] = /^\$(\w*)(.*)$/s.exec(entry) ?? [];
  if (!(PLACES as readonly string[]).includes(name)) {
    const [meant] = similar(name.toLowerCase(), PLACES);
    return `begins with no place that there is; ${meant === undefined ? `there are ${PLACES.map((place) => `$${place}`).join(', ')}` : `"$${meant}" may be meant`}`;
  }
  return rest === '' || /^(?:\/[^\\/]+)*\/?$/.test(rest) ? undefined : `is no path: write "$${name}/sub/path"`;
}

/** On Linux and macOS, or on Windows: with a drive, or on a share. Not what Windows does not look up as a path, `\\?\…`. */
export function isAbsolutePath(path: string): boolean {
  return /^\/(?!\/)/.test(path) || /^[A-Za-z]:[\\/][^:]*$/.test(path) || /^\\\\[^\\/?.:]+\\[^:]+$/.test(path);
}

/** A host and a port. */
export interface NetEntry {
  /** In lower case; `*.example.org` for all below that, an address of version 6 without brackets. */
  readonly host: string;
  /** `*` for all. */
  readonly port: string;
}

const NET = /^(?:\[(?<address>[\da-f:.]+)\]|(?<name>(?:\*\.)?[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?|\*)):(?<port>\d{1,5}|\*)$/iu;

/** A host and a port as permissions have them; `undefined` where it is none. */
export function netEntry(entry: string): NetEntry | undefined {
  const { address, name = address, port = '' } = NET.exec(entry)?.groups ?? {};
  if (name === undefined || name.includes('..') || (port !== '*' && (Number(port) < 1 || Number(port) > 65_535))) return undefined;
  return { host: name.toLowerCase(), port: port === '*' ? port : String(Number(port)) };
}

function netProblem(entry: string): string | undefined {
  if (netEntry(entry) !== undefined) return undefined;
  const [, scheme = '', host = ''] = /^(\w+):\/\/([^/]+)/.exec(entry) ?? [];
  if (host !== '') return `is a URL: write "${/:\d+$/.test(host) ? host : `${host}:${scheme === 'http' ? '80' : '443'}`}"`;
  return netEntry(`${entry}:443`) === undefined ? 'is no host and port: write "api.example.org:443", "*.example.org:443" or "[::1]:443"' : `has no port: write "${entry}:443"`;
}

function envProblem(entry: string): string | undefined {
  if (/^[A-Za-z_][\w()]*\*?$/.test(entry)) return undefined;
  return entry === '*' ? 'names all variables: name those that it needs' : `is no name of a variable: write "NAME" or "PREFIX_*"${entry.startsWith('$') ? ', without "$"' : ''}`;
}

function runProblem(entry: string): string | undefined {
  if (entry === '*' || isAbsolutePath(entry)) return entry.split(/[\\/]/).includes('..') ? 'has a "..": name where it leads' : undefined;
  if (/\s/.test(entry)) return `names more than a program: write "${entry.split(/\s/, 1).join('')}"`;
  return /^[^\\/*?"<>|:]+$/.test(entry) ? undefined : 'is no program: write its name, or its absolute path';
}

function serviceProblem(entry: string): string | undefined {
  return isServiceId(entry) ? undefined : 'is no id of a service: write words separated by dots';
}
