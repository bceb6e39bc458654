import { builtinModules } from 'node:module';

/** Why npm would not take a new package of that name; `undefined` when it would. */
export function packageNameProblem(name: string): string | undefined {
  if (name.length > MAXIMUM_LENGTH) return `npm takes names of up to ${String(MAXIMUM_LENGTH)} characters`;
  if (!PACKAGE_NAME.test(name)) return 'npm takes lower-case letters, digits, "-", "." and "_", not first, and a scope: "@team/hello"';
  if (RESERVED.has(name) || builtinModules.includes(name)) return 'that name is taken by Node or npm';
  return undefined;
}

const MAXIMUM_LENGTH = 214;
const PACKAGE_NAME = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const RESERVED: ReadonlySet<string> = new Set(['node_modules', 'favicon.ico']);

/** Whether a package that is there may have that name, old ones with capital letters too; such a name leads out of no folder. */
export function isPackageName(name: string): boolean {
  return name.length <= MAXIMUM_LENGTH && /^(?:@[a-z0-9_-][\w.~-]*\/)?[a-z0-9_-][\w.~-]*$/i.test(name) && !RESERVED.has(name);
}
