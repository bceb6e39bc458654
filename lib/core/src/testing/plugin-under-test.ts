import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MANIFEST_FILE, type PluginClass, type PluginInput } from '../index.js';
import { pluginClassIn, readManifest, requirePluginOptions } from '../manifest/index.js';
import { failure } from './failure.js';
import { packageFolder } from './package-folder.js';

/** The plugin that a test is about: its class, its imported module, or the folder of its package. */
export type PluginUnderTest = PluginClass | { readonly default: PluginClass } | string | URL;

/** A plugin, and what a test needs to know of it before a host has it. */
export interface KnownPlugin {
  readonly name: string;
  /** The plugins that it needs, and their ranges. */
  readonly requires: Readonly<Record<string, string>>;
  /** As a host takes it. */
  readonly input: PluginInput;
  /** A file of its package, as a path or a `file:` URL; one in the working folder where nothing says where that is. */
  readonly home: string;
}

/** @throws `PLUGIN_NOT_DESCRIBED`, `MANIFEST_INVALID` and the like; an `AssertionError` for a folder without a manifest. */
export function knownPlugin(plugin: PluginUnderTest): KnownPlugin {
  if (typeof plugin === 'string' || plugin instanceof URL) return pluginAt(plugin);
  const type = pluginClassIn(plugin, 'What was given to the test host');
  const { name, requires = {}, module } = requirePluginOptions(type);
  return { name, requires, input: type, home: module ?? resolve('package.json') };
}

function pluginAt(location: string | URL): KnownPlugin {
  const folder = packageFolder(location);
  const file = join(folder, MANIFEST_FILE);
  if (!existsSync(file)) {
    const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    throw failure({
      message: isFolder ? `The plugin in ${folder} has no ${MANIFEST_FILE}.` : `There is no folder ${folder}.`,
      remedy: isFolder ? 'Build the plugin, and run "structum plugins manifest" there.' : 'Give the plugin\'s class, or the folder that its package.json lies in.',
    });
  }
  const { name, requires, entry = '.' } = readManifest(file);
  return { name, requires, input: join(folder, entry), home: join(folder, 'package.json') };
}
