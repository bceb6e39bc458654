import { MANIFEST_FILE } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { linkCore, temporaryFolder, writeFiles } from './folder.js';

interface RealPackage {
  readonly version?: string;
  /** What its command answers; its version when left out. */
  readonly answer?: string;
  /** The rest of its description. */
  readonly more?: object;
}

/** Writes a package with code that runs: a plugin with one command of its name. The folder must see the core. */
export async function writeRealPackage(folder: string, name: string, { version = '1.0.0', answer = version, more = {} }: RealPackage = {}): Promise<void> {
  const files = {
    'package.json': { name, version, main: './index.cjs' },
    'index.cjs': `
      const { defineCommand, definePlugin } = require('@structum/core');
      exports.default = definePlugin({ name: '${name}', description: '${name}', ...${JSON.stringify(more)},
        commands: [defineCommand({ path: '${name}', description: '${name}', execute: () => '${answer}' })] });`,
  };
  // Made from a twin elsewhere: this process remembers the modules that it has imported.
  const twin = temporaryFolder();
  linkCore(twin);
  writeFiles(twin, files);
  const { manifest } = await generateManifest({ folder: twin });
  writeFiles(folder, { ...files, [MANIFEST_FILE]: formatManifest(manifest) });
}
