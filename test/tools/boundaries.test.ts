import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const tool = fileURLToPath(new URL('../../../tools/check-boundaries.mjs', import.meta.url));

const workspace = {
  'package.json': { workspaces: ['lib/*', 'cli', 'plugins/*', 'test'], devDependencies: { chai: '*' } },
  'lib/core/package.json': {
    name: '@structum/core',
    exports: { '.': './dist/index.cjs', './manifest': './dist/manifest.cjs' },
    devDependencies: { tsyringe: '*' },
  },
  'cli/package.json': {
    name: '@structum/cli',
    exports: { '.': './dist/index.cjs' },
    dependencies: { '@structum/core': '*' },
    devDependencies: { clipanion: '*' },
  },
  'plugins/tree/package.json': { name: '@structum/plugin-tree', peerDependencies: { '@structum/core': '*' } },
  'test/package.json': { name: '@structum/test', private: true },
};

describe('check-boundaries', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'structum-boundaries-'));
    for (const [path, manifest] of Object.entries(workspace)) await write(path, JSON.stringify(manifest));
  });

  afterEach(() => rm(root, { recursive: true }));

  it('accepts imports of lower floors, declared packages and their exports', async () => {
    await write('lib/core/src/errors/error.ts', `import { inspect } from 'node:util';`);
    await write('lib/core/src/contract/plugin.ts', `import '../errors/error.js';`);
    await write('lib/core/src/container/container.ts', `import 'tsyringe'; import type { Plugin } from '../contract/plugin.js';`);
    await write('lib/core/src/structum.ts', `import './container/container.js';`);
    await write('cli/src/index.ts', `import '@structum/core'; import '@structum/core/manifest'; import 'clipanion';`);
    await write('test/cli.test.ts', `import 'chai'; import '@structum/cli'; import '#internal/core/errors/error.js';`);
    expect(await violations()).to.deep.equal([]);
  });

  describe('floors', () => {
    it('refuses a floor above, also for a type', async () => {
      await write('lib/core/src/execution/runner.ts', '');
      await write('lib/core/src/contract/plugin.ts', `\nimport type { Runner } from '../execution/runner.js';`);
      expect(await violations()).to.deep.equal([
        'lib/core/src/contract/plugin.ts:2: floor: contract/ imports execution/, which is above it',
      ]);
    });

    it('refuses a neighbour, also inside a type and through import()', async () => {
      await write('lib/core/src/config/config.ts', '');
      await write('lib/core/src/security/policy.ts', `type Config = import('../config/config.js').Config;`);
      await write('lib/core/src/security/trust.ts', `await import('../config/config.js');`);
      expect(await violations()).to.deep.equal([
        'lib/core/src/security/policy.ts:1: floor: security/ imports config/, which is beside it',
        'lib/core/src/security/trust.ts:1: floor: security/ imports config/, which is beside it',
      ]);
    });

    it('refuses a folder that has none', async () => {
      await write('lib/core/src/errors/error.ts', '');
      await write('lib/core/src/helpers/index.ts', `export * from '../errors/error.js';`);
      expect(await violations()).to.deep.equal(['lib/core/src/helpers/index.ts:1: floor: helpers/ has no floor']);
    });
  });

  describe('packages', () => {
    it('refuses what package.json does not name, and what a package does not export', async () => {
      await write('cli/src/index.ts', `import 'yargs';\nimport '@structum/core/container';\nimport '@structum/plugin-tree';`);
      expect(await violations()).to.deep.equal([
        'cli/src/index.ts:1: package: @structum/cli does not depend on yargs',
        'cli/src/index.ts:2: package: @structum/core does not export ./container',
        'cli/src/index.ts:3: package: @structum/cli does not depend on @structum/plugin-tree',
      ]);
    });

    it(`refuses a neighbour's folder, and built-in modules without their prefix`, async () => {
      await write('lib/core/src/index.ts', '');
      await write('plugins/tree/src/index.ts', `import '../../../lib/core/src/index.js';\nimport 'fs';`);
      expect(await violations()).to.deep.equal([
        'plugins/tree/src/index.ts:1: package: ../../../lib/core/src/index.js leaves @structum/plugin-tree',
        'plugins/tree/src/index.ts:2: package: write node:fs',
      ]);
    });
  });

  describe('what is not published', () => {
    it(`may use the workspace's scripts, and no other folder`, async () => {
      await write('tools/lib/npm.mjs', '');
      await write('cli/src/index.ts', '');
      await write('test/support/npm.mjs', `import '../../tools/lib/npm.mjs';\nimport '../../cli/src/index.js';`);
      expect(await violations()).to.deep.equal([
        'test/support/npm.mjs:2: package: ../../cli/src/index.js leaves @structum/test',
      ]);
    });
  });

  it('keeps libraries in their homes', async () => {
    await write('lib/core/src/structum.ts', `import 'tsyringe';`);
    expect(await violations()).to.deep.equal([
      'lib/core/src/structum.ts:1: home: only lib/core/src/container/ imports tsyringe',
    ]);
  });

  describe('cycles', () => {
    it('names the whole chain', async () => {
      await write('cli/src/a.ts', `import { b } from './b.js';`);
      await write('cli/src/b.ts', `export * from './c.js';`);
      await write('cli/src/c.ts', `import './a.js';`);
      expect(await violations()).to.deep.equal([
        'cli/src/a.ts: cycle: cli/src/a.ts -> cli/src/b.ts -> cli/src/c.ts -> cli/src/a.ts',
      ]);
    });

    it('does not count what runs no code at load time', async () => {
      await write('cli/src/a.ts', `import type { B } from './b.js';\nconst later = () => import('./b.js');`);
      await write('cli/src/b.ts', `import './a.js';`);
      expect(await violations()).to.deep.equal([]);
    });
  });

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }

  function violations(): Promise<string[]> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [tool, root], (error, _stdout, stderr) => {
        const lines = stderr.split('\n').filter((line) => line !== '');
        if ((error !== null) === lines.length > 0) resolve(lines);
        else reject(error ?? new Error(`violations, but exit code 0:\n${stderr}`));
      });
    });
  }
});
