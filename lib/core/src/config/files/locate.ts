import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { catalogued, messageOf, type StructumError } from '../../errors/index.js';
import { foldersFrom } from '../../platform/folders.js';
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
    const folder = projectFolder(project, projectNames(environment));
    look('project', folder, '.structum');
    if (environment !== undefined) look('project-environment', folder, `.structum.${environment}`);
    look('local', folder, '.structum.local');
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
  return [...namesFor('.structum', environment), '.structum.local'];
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

/**
 * The folder of the project that `folder` belongs to: the nearest with one of its files from there up to the root of its
 * repository; where there is none, that root. Outside of a repository only `folder` itself counts: above it, anybody may
 * have left one.
 */
function projectFolder(folder: string, names: readonly string[]): string {
  const folders = projectFolders(folder);
  return folders.find((candidate) => names.some((name) => filesOf(candidate, name).some(isThere))) ?? folders.at(-1) ?? folder;
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
    const [found, other] = files.filter(exists);
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
    return exists(path);
  } catch {
    return false;
  }
}

/** Most folders have no such file, and an error costs more than the answer. Throws what the file system says of those that it closes. */
function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
