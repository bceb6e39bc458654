import { join, resolve } from 'node:path';
import { catalogued, messageOf, type StructumError } from '../../errors/index.js';
import { foldersFrom } from '../../platform/folders.js';
import { isAnything } from '../config-file.js';
import { FORMATS } from '../formats/index.js';
import type { LayerName } from '../layers/config-layer.js';

/** A file that a layer is kept in, or would be. */
export interface LocatedFile {
  readonly layer: LayerName;
  /** Absolute path. */
  readonly file: string;
  readonly exists: boolean;
  /** Why nothing of it can be used: `CONFIG_AMBIGUOUS` where there are two, `CONFIG_UNREADABLE` where nobody can look. */
  readonly problem?: StructumError;
}

/** Where files are looked for. */
export interface FilePlaces {
  /** The folder of what the user set: `config.yaml`. */
  readonly global?: string | undefined;
  /** The folder that is worked in: `.structum.yaml` is there, or above it. */
  readonly project?: string | undefined;
  /** The environment: `config.production.yaml`. */
  readonly environment?: string | undefined;
  /** One more file. */
  readonly file?: string | undefined;
}

/**
 * The files of all layers, the weakest first. Where a layer has none, it is where one would be made.
 * @throws `CONFIG_FILE_MISSING` where the one more is not there, `CONFIG_ENVIRONMENT_INVALID` for what can be no part of a
 *   file's name.
 */
export function locateFiles({ global, project, environment, file }: FilePlaces): readonly LocatedFile[] {
  if (environment !== undefined && !isEnvironment(environment)) throw catalogued('CONFIG_ENVIRONMENT_INVALID', { environment });
  const located: LocatedFile[] = [];
  const look = (layer: LayerName, folder: string, name: string): void => { located.push({ layer, ...fileOf(folder, name) }); };
  if (global !== undefined) {
    look('global', global, 'config');
    if (environment !== undefined) look('global-environment', global, `config.${environment}`);
  }
  if (project !== undefined) {
    const [additions, { folder, within }] = [additionsIn(environment), projectOf(project, environment)];
    look('project', folder, BASE);
    for (const { layer, name } of additions) look(layer, within.find((candidate) => holds(candidate, name)) ?? folder, name);
  }
  if (file !== undefined) {
    if (!isThere(file)) throw catalogued('CONFIG_FILE_MISSING', { file });
    located.push({ layer: 'file', file, exists: true });
  }
  return located;
}

/** All paths at which a file of a layer may be: in every language, and of a project in every folder where it may begin. */
export function candidateFiles({ global, project, environment, file }: FilePlaces): readonly string[] {
  const inGlobal = global === undefined ? [] : namesFor('config', environment).flatMap((name) => filesOf(global, name));
  const inProject = project === undefined ? [] : projectFolders(project).flatMap((folder) => projectNames(environment).flatMap((name) => filesOf(folder, name)));
  return [...inGlobal, ...inProject, ...(file === undefined ? [] : [resolve(file)])];
}

function projectNames(environment: string | undefined): readonly string[] {
  return [BASE, ...additionsIn(environment).map(({ name }) => name)];
}

/** The file that makes a folder a project. */
const BASE = '.structum';

/** The files that add to what a project says, the weakest first. */
function additionsIn(environment: string | undefined): readonly { readonly layer: LayerName; readonly name: string }[] {
  return [...(environment === undefined ? [] : [{ layer: 'project-environment', name: `${BASE}.${environment}` } as const]), { layer: 'local', name: `${BASE}.local` }];
}

function namesFor(name: string, environment: string | undefined): readonly string[] {
  return [name, ...(environment === undefined ? [] : [`${name}.${environment}`])];
}

/**
 * The file that a layer is kept in, which need not be there; `undefined` where no place of that layer is known.
 * @throws `CONFIG_AMBIGUOUS`, `CONFIG_UNREADABLE`, and the codes of locating files.
 */
export function fileOfLayer(layer: LayerName | undefined, places: Omit<FilePlaces, 'file'>): string | undefined {
  const { global, project, environment } = places;
  const located = locateFiles({ global, project, environment }).find((file) => file.layer === layer);
  if (located?.problem !== undefined) throw located.problem;
  return located?.file;
}

/** `local` is what a layer of its own is called. */
function isEnvironment(name: string): boolean {
  return /^[a-z0-9][a-z0-9_-]*$/i.test(name) && name.toLowerCase() !== 'local';
}

/** A project: where it begins, and the folders from the one that is worked in up to that. */
interface Project {
  readonly folder: string;
  /** The nearest first. */
  readonly within: readonly string[];
}

/**
 * The project that a folder belongs to. It begins at the nearest folder with a `.structum.yaml` from there up to the root of
 * its repository: what adds to it counts from there on, and hides nothing of it. Without any it begins at the farthest with
 * an addition, so that a file that is made there hides none; without that, at the root. Outside of a repository only the
 * folder itself counts: above it, anybody may have left one.
 */
function projectOf(start: string, environment: string | undefined): Project {
  const folders = projectFolders(start);
  const additions = additionsIn(environment);
  const based = folders.findIndex((folder) => holds(folder, BASE));
  const first = based === -1 ? folders.findLastIndex((folder) => additions.some(({ name }) => holds(folder, name))) : based;
  const within = first === -1 ? folders : folders.slice(0, first + 1);
  return { folder: within.at(-1) ?? start, within };
}

function holds(folder: string, name: string): boolean {
  return filesOf(folder, name).some(isThere);
}

/** Those where a project may begin that `folder` belongs to, the nearest first. */
function projectFolders(folder: string): readonly string[] {
  const passed: string[] = [];
  for (const current of foldersFrom(folder)) {
    passed.push(current);
    if (isThere(join(current, '.git'))) return passed;
  }
  return [folder];
}

function fileOf(folder: string, name: string): Omit<LocatedFile, 'layer'> {
  const files = filesOf(folder, name);
  const [usual = ''] = files;
  try {
    const [found, other] = files.filter(isAnything);
    if (found === undefined) return { file: usual, exists: false };
    return { file: found, exists: true, ...(other === undefined ? {} : { problem: catalogued('CONFIG_AMBIGUOUS', { files: [found, other] }) }) };
  } catch (error) {
    return { file: usual, exists: true, problem: catalogued('CONFIG_UNREADABLE', { file: usual, reason: messageOf(error) }, error) };
  }
}

/** What a file of that name is called in each of the formats, the usual one first. */
function filesOf(folder: string, name: string): readonly string[] {
  return EXTENSIONS.map((extension) => join(folder, name + extension));
}

const EXTENSIONS = FORMATS.flatMap(({ extensions }) => extensions);

/** Where nobody can look, there is nothing that counts. */
function isThere(path: string): boolean {
  try {
    return isAnything(path);
  } catch {
    return false;
  }
}
