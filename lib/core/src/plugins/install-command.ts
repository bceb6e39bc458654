import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { StructumError } from '../errors/index.js';
import { readPackageJson } from '../platform/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What to run for a version of the plugin within `range`; `undefined` where the name of its package is not known. */
export function installCommand(unit: PluginUnit, range: string): string | undefined {
  const home = homeOf(unit);
  return home === undefined ? undefined : command(home, home.name, range);
}

/**
 * What to run for a plugin that is not there, beside `dependent`, which requires it: its package is the one that the
 * dependent's own names, or one of Structum's; `undefined` where neither is known. Nobody is told to install what is
 * merely guessed.
 */
export function commandToAdd(required: string, range: string, dependent: PluginUnit): string | undefined {
  const name = namedBy(dependent, required) ?? (OFFICIAL.has(required) ? `@structum/plugin-${required}` : undefined);
  return name === undefined ? undefined : command(homeOf(dependent), name, range);
}

/** Plugins that are published with Structum. */
const OFFICIAL: ReadonlySet<string> = new Set(['archive', 'completion', 'config', 'plugins', 'security', 'tree']);

/** Nothing else is handed to a shell. */
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** A package that was installed, and where. */
interface Home {
  readonly name: string;
  /** The folder that packages are installed into. */
  readonly above: string;
  readonly origin: string;
}

function homeOf({ source }: PluginUnit): Home | undefined {
  if (source.kind !== 'package') return undefined;
  const [, above = '', name] = /^(.*)[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)$/.exec(source.label) ?? [];
  // In the store of a package manager, the folder above is none that one installs into.
  if (name === undefined || !PACKAGE_NAME.test(name.replace('\\', '/')) || above.includes('node_modules') || !isAbsolute(source.label)) return undefined;
  return { name: name.replace('\\', '/'), above, origin: source.origin };
}

function command(home: Home | undefined, name: string, range: string): string {
  return `npm install${placeOf(home)} ${JSON.stringify(`${name}@${range}`)}`;
}

function placeOf(home: Home | undefined): string {
  if (home?.origin === 'user') return ` --prefix ${JSON.stringify(home.above)}`;
  // Where no package is that has others as its dependencies, they are there for all.
  return home?.origin === 'host' && existsSync(home.above) && !existsSync(join(home.above, 'package.json')) ? ' --global' : '';
}

/** The name of the package with the plugin `required`, as far as the package of `dependent` says. */
function namedBy({ source }: PluginUnit, required: string): string | undefined {
  if (source.kind !== 'package') return undefined;
  const [plugin = '', scope] = required.split('/').reverse();
  const isIt = (name: string): boolean => {
    const [base = '', packageScope] = name.split('/').reverse();
    return base.replace(/^(?:structum-)?plugin-/, '') === plugin && (scope === undefined || packageScope === `@${scope}`);
  };
  try {
    const { dependencies, peerDependencies, optionalDependencies, devDependencies } = readPackageJson(join(source.label, 'package.json'));
    const names = [dependencies, peerDependencies, optionalDependencies, devDependencies].flatMap((each) => Object.keys(Object(each) as object));
    return names.find((name) => PACKAGE_NAME.test(name) && isIt(name));
  } catch (error) {
    if (StructumError.is(error)) return undefined;
    throw error;
  }
}
