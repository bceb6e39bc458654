import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeModulesAbove, packageOf, readPackageJson, type PackageJson } from '../../../platform/index.js';
import { isWithin, realPath } from '../../../platform/real-path.js';
import { guestFile } from '../guest-file.js';

/**
 * The folders that the code of plugins is read from, absolute: their packages and the `node_modules` folders that these
 * see; the core's own; and where links lead from there, for packages that are under development. What a plugin's package
 * itself says grants it nothing else than that.
 *
 * @param packages - The folders of the plugins' packages.
 */
export function codeFolders(packages: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  const waiting = new Set([packageOf(dirname(guestFile()))?.folder ?? dirname(guestFile()), ...packages]);
  // A set hands out what is added to it while it is walked.
  for (const folder of waiting) {
    folders.add(folder);
    const modules = nodeModulesAbove(folder).filter((path) => isModulesFolder(path, folder));
    for (const path of modules) folders.add(path);
    for (const name of dependenciesOf(folder)) {
      const linked = linkedPackage(name, folder, modules);
      if (linked !== undefined) waiting.add(linked);
    }
  }
  return [...folders];
}

/** Whether it is there. That of the package itself is no link, which could lead anywhere. */
function isModulesFolder(path: string, folder: string): boolean {
  return dirname(path) === folder ? lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true : existsSync(path);
}

function dependenciesOf(folder: string): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies } = packageIn(folder);
  const names = [dependencies, optionalDependencies, peerDependencies].flatMap((named) => (typeof named === 'object' && named !== null ? Object.keys(named) : []));
  return names.filter((name) => PACKAGE_NAME.test(name));
}

/** Anything else would be a path. */
const PACKAGE_NAME = /^(?:@[^/\\@]+\/)?[^/\\.@][^/\\]*$/;

/**
 * The real folder of a dependency that is elsewhere than the `node_modules` folders: a package of that name, which does not
 * hold the one that needs it. Links within that one, which it may have brought along, lead to the same project only.
 */
function linkedPackage(name: string, folder: string, modules: readonly string[]): string | undefined {
  const link = modules.map((path) => join(path, name)).find((path) => existsSync(path));
  const real = link === undefined ? undefined : realPath(link);
  if (link === undefined || real === undefined || modules.some((path) => isWithin(real, realPath(path) ?? path))) return undefined;
  const own = realPath(folder) ?? folder;
  if (isWithin(own, real) || packageIn(real).name !== name) return undefined;
  const project = packageOf(dirname(own))?.folder;
  const isBroughtAlong = isWithin(link, folder);
  return !isBroughtAlong || (project !== undefined && isWithin(real, project)) ? real : undefined;
}

/** What its `package.json` says; nothing where it has none. */
function packageIn(folder: string): PackageJson {
  const file = join(folder, 'package.json');
  return existsSync(file) ? readPackageJson(file) : {};
}
