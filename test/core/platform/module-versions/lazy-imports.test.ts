import module from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { ModuleVersion } from '#internal/core/platform/module-versions/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

interface Entry {
  readonly shared: object;
  readonly lazy: () => Promise<{ readonly shared: object; readonly version: string }>;
}

interface Way {
  /** What the entry loads later, and how. */
  readonly entry: string;
  readonly file: string;
  readonly part: string;
}

const MODULE_PART = (shared: string): string => `import shared from './${shared}';\nexport { shared };\nexport const version = 'VERSION';\n`;
const COMMONJS_PART = (shared: string): string => `exports.shared = require('./${shared}');\nexports.version = 'VERSION';\n`;
const MODULE_ENTRY = (shared: string, part: string): string => `import shared from './${shared}';\nexport { shared };\nexport const lazy = () => import('./${part}');\n`;
const COMMONJS_ENTRY = (shared: string, load: string): string => `exports.shared = require('./${shared}');\nexports.lazy = async () => ${load};\n`;

const WAYS: Readonly<Record<string, Way>> = {
  'an ES module imports an ES module': { entry: MODULE_ENTRY('shared.mjs', 'part.mjs'), file: 'entry.mjs', part: MODULE_PART('shared.mjs') },
  'an ES module imports CommonJS': { entry: MODULE_ENTRY('shared.cjs', 'part.cjs'), file: 'entry.mjs', part: COMMONJS_PART('shared.cjs') },
  'CommonJS requires CommonJS': { entry: COMMONJS_ENTRY('shared.cjs', `require('./part.cjs')`), file: 'entry.cjs', part: COMMONJS_PART('shared.cjs') },
  'CommonJS imports CommonJS': { entry: COMMONJS_ENTRY('shared.cjs', `import('./part.cjs')`), file: 'entry.cjs', part: COMMONJS_PART('shared.cjs') },
  'CommonJS imports an ES module': { entry: COMMONJS_ENTRY('shared.cjs', `import('./part.mjs')`), file: 'entry.cjs', part: MODULE_PART('shared.cjs') },
  'CommonJS requires an ES module': { entry: COMMONJS_ENTRY('shared.cjs', `require('./part.mjs')`), file: 'entry.cjs', part: MODULE_PART('shared.cjs') },
};

/** Without `module.registerHooks`, CommonJS that ES modules import is that of the newest version. */
const TOLD = 'registerHooks' in module ? Object.keys(WAYS) : ['an ES module imports an ES module', 'CommonJS requires CommonJS'];

describe('what a version loads later', () => {
  for (const [how, { entry, file, part }] of Object.entries(WAYS).filter(([name]) => TOLD.includes(name))) {
    for (const generation of [1, 2]) {
      for (const order of ['sooner', 'later'] as const) {
        it(`is of its own where ${how}: version ${String(generation)}, which does so ${order} than the next one`, async () => {
          const root = temporaryFolder();
          const write = (version: string): void => {
            writeFiles(root, {
              'package.json': {}, [file]: entry, 'shared.mjs': 'export default class Shared {}\n', 'shared.cjs': 'module.exports = class Shared {};\n',
              'part.mjs': part.replace('VERSION', version), 'part.cjs': part.replace('VERSION', version),
            });
          };
          const load = async (): Promise<Entry> => {
            const version = new ModuleVersion(root);
            const imported = (await version.import(join(root, file))) as Entry;
            version.settle();
            return imported;
          };
          write('old');
          const first = ((await import(join(root, file))) as { default?: Entry } & Entry);
          const old = generation === 1 ? (first.default ?? first) : await load();
          write('new');
          const fresh = await load();
          for (const version of order === 'sooner' ? [old, fresh] : [fresh, old]) {
            const { shared } = await version.lazy();
            expect(shared === version.shared, version === old ? 'old' : 'new').to.equal(true);
          }
          expect(old.shared).not.to.equal(fresh.shared);
        });
      }
    }
  }

  it('knows its own names, and begins as strictly as before', async () => {
    const root = temporaryFolder();
    const source = `#!/usr/bin/env node\n// a comment\n/* another */ 'use strict';\nexports.names = [__filename, __dirname, module.filename];\nexports.isStrict = (function () { return this === undefined; })();\n`;
    writeFiles(root, { 'package.json': {}, 'index.js': source });
    for (let version = 0; version < 2; version += 1) {
      const imported = (await new ModuleVersion(root).import(join(root, 'index.js'))) as { readonly default?: object };
      expect(imported.default ?? imported).to.deep.equal({ names: [join(root, 'index.js'), root, join(root, 'index.js')], isStrict: true });
    }
  });
});
