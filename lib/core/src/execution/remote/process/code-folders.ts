import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nodeModulesAbove, packageOf, readPackageJson, type PackageJson } from '../../../platform/index.js';
import { isWithin } from '../../../platform/real-path.js';
import { guestFile } from '../guest-file.js';

/**
 * The folders that the code of plugins is read from, absolute: their packages and the `node_modules` folders that these
 * see; the core's own; and where links lead from there, for packages that are under development.
 *
 * @param files - The modules of the plugins.
 */
export function codeFolders(files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  const packages = new Set([guestFile(), ...files].map((file) => homeOf(dirname(file))));
  // A set hands out what is added to it while it is walked.
  for (const folder of packages) {
    folders.add(folder);
    const modules = nodeModulesAbove(folder).filter((path) => existsSync(path));
    for (const path of modules) folders.add(path);
    for (const name of dependenciesOf(folder)) {
      const found = modules.map((path) => join(path, name)).find((path) => existsSync(path));
      if (found === undefined) continue;
      const real = realpathSync(found);
      if (!modules.some((path) => isWithin(real, path))) packages.add(real);
    }
  }
  return [...folders];
}

function homeOf(folder: string): string {
  return packageOf(folder)?.folder ?? folder;
}

function dependenciesOf(folder: string): readonly string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  const { dependencies, optionalDependencies, peerDependencies }: PackageJson = readPackageJson(file);
  return [dependencies, optionalDependencies, peerDependencies].flatMap((named) => (typeof named === 'object' && named !== null ? Object.keys(named) : []));
}
