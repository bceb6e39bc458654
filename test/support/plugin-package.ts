import { join } from 'node:path';
import { MANIFEST_FILE, type PluginManifest } from '@structum/core';
import { formatManifest } from '@structum/core/manifest';
import { writeFiles } from './folder.js';

/** The manifest of a plugin with one command of its name. No code belongs to it. */
export function manifestOf(name: string, more: Partial<PluginManifest> = {}): PluginManifest {
  return {
    manifestVersion: 1, name, version: '1.0.0', description: name, category: 'utility', entry: './index.cjs', engine: '*',
    requires: {}, optional: {}, conflicts: {}, provides: [], permissions: {}, commands: [commandOf(name)], hash: '0',
    ...more,
  };
}

/** A command in a manifest. */
export function commandOf(path: string, aliases: readonly string[] = []): PluginManifest['commands'][number] {
  return { path, aliases, description: path, examples: [], input: { type: 'object', properties: {}, required: [], additionalProperties: false }, source: 0, hash: '0' };
}

/** Writes a package with a manifest, and no code that could run. */
export function writePackage(folder: string, name: string, more?: Partial<PluginManifest>): void {
  writeFiles(folder, {
    'package.json': { name, version: more?.version ?? '1.0.0', keywords: ['structum-plugin'] },
    [MANIFEST_FILE]: formatManifest(manifestOf(name, more)),
    'index.cjs': 'throw new Error("none of this may run");',
  });
}

/** The manifest file of a package in a folder's `node_modules`. */
export function manifestFileIn(folder: string, name: string): string {
  return join(folder, 'node_modules', name, MANIFEST_FILE);
}
