import { join } from 'node:path';
import { linkCore, root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

/** How the plugin of a test is written. */
export type Format = 'module' | 'commonjs';

/** A folder with packages of plugins that import the core of this repository. */
export class PluginFolder {
  readonly path = temporaryFolder();

  constructor() {
    linkCore(this.path);
  }

  /** Where to import from by name. */
  get from(): string {
    return join(this.path, 'host.js');
  }

  folderOf(name: string): string {
    return join(this.path, 'node_modules', name);
  }

  /** Writes a package; its `index.js` is the plugin. */
  write(name: string, files: Readonly<Record<string, string | object>>, format: Format = 'module'): void {
    writeFiles(this.folderOf(name), {
      'package.json': { name, version: '1.0.0', type: format, main: './index.js', keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } },
      ...files,
    });
  }

  /** A plugin whose one command of its own name returns what `lib/text.js` exports. */
  writeText(name: string, text: string, format: Format = 'module'): void {
    this.write(name, format === 'module' ? textModules(name, text) : textCommonJs(name, text), format);
  }

  /** Writes the manifest of a package, made in a process of its own: this one must not load its code. */
  async writeManifest(name: string): Promise<void> {
    const manifest = join(root, 'lib/core/dist/manifest.cjs');
    const { code, stderr } = await runNode(['-e', `
      const { generateManifest, formatManifest } = require(${JSON.stringify(manifest)});
      generateManifest({ folder: ${JSON.stringify(this.folderOf(name))} })
        .then(({ manifest, file }) => require('node:fs').writeFileSync(file, formatManifest(manifest)));
    `]);
    if (code !== 0) throw new Error(stderr);
  }
}

function textModules(name: string, text: string): Readonly<Record<string, string>> {
  return {
    'index.js': `
      import { definePlugin } from '@structum/core';
      export default definePlugin({ name: '${name}', version: '1.0.0', description: '${name}', commands: [() => import('./lib/command.js')] });
    `,
    'lib/command.js': `
      import { defineCommand } from '@structum/core';
      import { text } from './text.js';
      export const command = defineCommand({ path: '${name}', description: '${name}', execute: () => text });
    `,
    'lib/text.js': `export const text = '${text}';\n`,
  };
}

function textCommonJs(name: string, text: string): Readonly<Record<string, string>> {
  return {
    'index.js': `
      const { definePlugin } = require('@structum/core');
      module.exports = definePlugin({ name: '${name}', version: '1.0.0', description: '${name}', commands: [() => require('./lib/command.js')] });
    `,
    'lib/command.js': `
      const { defineCommand } = require('@structum/core');
      const { text } = require('./text.js');
      exports.command = defineCommand({ path: '${name}', description: '${name}', execute: () => text });
    `,
    'lib/text.js': `exports.text = '${text}';\n`,
  };
}
