import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModuleVersion, retainedModules } from '#internal/core/platform/module-versions/index.js';
import { expect } from 'chai';
import { ModuleKind, transpileModule } from 'typescript';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

type Exports = Readonly<Record<string, unknown>>;

async function load(root: string, file: string): Promise<Exports> {
  const imported = (await new ModuleVersion(root).import(join(root, file))) as Exports;
  return imported['default'] !== undefined && Object.keys(imported).length === 1 ? (imported['default'] as Exports) : imported;
}

async function first(root: string, file: string): Promise<Exports> {
  return (await import(pathToFileURL(join(root, file)).href)) as Exports;
}

function call(exports: Exports, name: string): unknown {
  return (exports[name] as () => unknown)();
}

const MODULE = { type: 'module' };
const COMMONJS = { type: 'commonjs' };

describe('a version of a folder of modules', () => {
  describe('of ES modules', () => {
    function write(version: string): string {
      const root = temporaryFolder();
      update(root, version);
      return root;
    }

    function update(root: string, version: string): void {
      writeFiles(root, {
        'package.json': MODULE,
        'index.js': `import { deep } from './lib/middle.js';\nexport const version = '${version}';\nexport { deep };\nexport const lazy = () => import('./lazy.js');\nexport const late = () => import('./late.js');\n`,
        'lib/middle.js': `export { deep } from './deep.js';\n`,
        'lib/deep.js': `export const deep = 'deep ${version}';\n`,
        'lazy.js': `import { deep } from './lib/deep.js';\nexport const lazy = 'lazy ${version}, ' + deep;\n`,
        'late.js': `import { deep } from './lib/deep.js';\nexport const late = 'late ${version}, ' + deep;\n`,
      });
    }

    it('loads all of them anew, also those that are imported later', async () => {
      const root = write('one');
      const one = await first(root, 'index.js');
      expect(await call(one, 'lazy')).to.include({ lazy: 'lazy one, deep one' });
      update(root, 'two');
      const two = await load(root, 'index.js');
      expect([two['version'], two['deep']]).to.deep.equal(['two', 'deep two']);
      expect(await call(two, 'lazy')).to.include({ lazy: 'lazy two, deep two' });
      update(root, 'three');
      const three = await load(root, 'index.js');
      expect([three['version'], three['deep']]).to.deep.equal(['three', 'deep three']);
    });

    it('leaves what was loaded before as it is', async () => {
      const root = write('one');
      const one = await first(root, 'index.js');
      await call(one, 'lazy');
      update(root, 'two');
      const two = await load(root, 'index.js');
      await call(two, 'lazy');
      update(root, 'three');
      await load(root, 'index.js');
      expect([one['deep'], two['deep']]).to.deep.equal(['deep one', 'deep two']);
      expect(await call(one, 'lazy')).to.include({ lazy: 'lazy one, deep one' });
      expect(await call(two, 'lazy')).to.include({ lazy: 'lazy two, deep two' });
    });

    it('loads a file that it did not need before as that is by then, with what it loaded itself', async () => {
      const root = write('one');
      const one = await first(root, 'index.js');
      update(root, 'two');
      const two = await load(root, 'index.js');
      update(root, 'three');
      await load(root, 'index.js');
      expect(await call(one, 'late')).to.include({ late: 'late three, deep one' });
      expect(await call(two, 'late')).to.include({ late: 'late three, deep two' });
    });

    it('shares what is in node_modules', async () => {
      const root = temporaryFolder();
      writeFiles(root, {
        'package.json': MODULE,
        'node_modules/shared/package.json': { name: 'shared', type: 'module', exports: './index.js' },
        'node_modules/shared/index.js': 'export const shared = {};\n',
        'index.js': `export { shared } from 'shared';\nexport const own = {};\n`,
      });
      const one = await first(root, 'index.js');
      const two = await load(root, 'index.js');
      expect(two['own']).not.to.equal(one['own']);
      expect(two['shared']).to.equal(one['shared']);
    });

    it('keeps queries, and finds files beside a module by its URL', async () => {
      const root = temporaryFolder();
      writeFiles(root, {
        'package.json': MODULE,
        'index.js': `import { url } from './inner.js?flavour=sweet';\nexport { url };\nexport const beside = new URL('./data.txt', import.meta.url).href;\nexport const file = import.meta.filename;\n`,
        'inner.js': 'export const url = import.meta.url;\n',
      });
      const two = await load(root, 'index.js');
      expect(two['url']).to.match(/inner\.js\?flavour=sweet&structum=\d+$/);
      expect(two['beside']).to.equal(pathToFileURL(join(root, 'data.txt')).href);
      expect(two['file']).to.equal(join(root, 'index.js'));
    });
  });

  describe('of CommonJS', () => {
    function update(root: string, version: string): void {
      writeFiles(root, {
        'package.json': COMMONJS,
        'index.js': `const { deep } = require('./lib');\nexports.version = '${version}';\nexports.deep = deep;\nexports.lazy = () => require('./lazy.js').lazy;\nexports.state = () => require('./lib/state.js');\n`,
        'lib/index.js': `exports.deep = 'deep ${version}';\nrequire('./state.js').count += 1;\n`,
        'lib/state.js': `exports.count = 0;\n`,
        'lazy.js': `exports.lazy = 'lazy ${version}, ' + require('./lib').deep;\n`,
      });
    }

    it('loads all of them anew, and each version has modules of its own', async () => {
      const root = temporaryFolder();
      update(root, 'one');
      const one = createRequire(import.meta.url)(join(root, 'index.js')) as Exports;
      expect(call(one, 'lazy')).to.equal('lazy one, deep one');
      update(root, 'two');
      const two = await load(root, 'index.js');
      update(root, 'three');
      const three = await load(root, 'index.js');
      expect([one, two, three].map(({ deep }) => deep)).to.deep.equal(['deep one', 'deep two', 'deep three']);
      expect([one, two, three].map((version) => call(version, 'lazy'))).to.deep.equal([
        'lazy one, deep one', 'lazy three, deep two', 'lazy three, deep three',
      ]);
      const states = [one, two, three].map((version) => call(version, 'state'));
      expect(new Set(states).size).to.equal(3);
      expect(states.map((state) => (state as { count: number }).count)).to.deep.equal([1, 1, 1]);
    });

    it('finds a module that moved', async () => {
      const root = temporaryFolder();
      writeFiles(root, { 'package.json': COMMONJS, 'index.js': `exports.where = require('./part').where;\n`, 'part.js': `exports.where = 'file';\n` });
      expect((createRequire(import.meta.url)(join(root, 'index.js')) as Exports)['where']).to.equal('file');
      rmSync(join(root, 'part.js'));
      writeFiles(root, { 'part/index.js': `exports.where = 'folder';\n` });
      expect((await load(root, 'index.js'))['where']).to.equal('folder');
    });

    it('leaves nothing of replaced versions behind', async () => {
      const root = temporaryFolder();
      writeFiles(root, {
        'package.json': COMMONJS,
        'index.js': `exports.big = new Array(1e5).fill(require('./part.js').part);\n`,
        'part.js': `exports.part = 'part';\n`,
        'main.mjs': `
          import { ModuleVersion } from ${JSON.stringify(platform)};
          let last;
          const freed = new FinalizationRegistry(() => { count += 1; });
          let count = 0;
          for (let version = 0; version < 60; version += 1) {
            const next = new ModuleVersion(import.meta.dirname);
            freed.register(await next.import(import.meta.dirname + '/index.js'), undefined);
            next.settle();
          }
          for (let turn = 0; turn < 10; turn += 1) { gc(); await new Promise((resolve) => setTimeout(resolve, 10)); }
          console.log(count);
        `,
      });
      const { stdout, stderr } = await runNode(['--expose-gc', join(root, 'main.mjs')]);
      expect(Number(stdout), stderr).to.be.greaterThan(55);
    });
  });

  describe('of both', () => {
    function update(root: string, version: string): void {
      writeFiles(root, {
        'package.json': MODULE,
        'index.js': `import { inner } from './inner.cjs';\nexport { inner };\nexport const version = '${version}';\n`,
        'inner.cjs': `exports.inner = 'inner ${version}, ' + require('./leaf.cjs').leaf;\nexports.dynamic = () => import('./module.js');\n`,
        'leaf.cjs': `exports.leaf = 'leaf ${version}';\n`,
        'module.js': `import { deep } from './deep.js';\nexport const module = 'module ${version}, ' + deep;\n`,
        'deep.js': `export const deep = 'deep ${version}';\n`,
        'requires.cjs': `exports.module = require('./module.js').module;\nexports.again = require('./module.js').module;\n`,
      });
    }

    it('loads CommonJS that ES modules import anew', async () => {
      const root = temporaryFolder();
      update(root, 'one');
      expect((await first(root, 'index.js'))['inner']).to.equal('inner one, leaf one');
      update(root, 'two');
      expect((await load(root, 'index.js'))['inner']).to.equal('inner two, leaf two');
      update(root, 'three');
      expect((await load(root, 'index.js'))['inner']).to.equal('inner three, leaf three');
    });

    it('loads ES modules that CommonJS requires anew', async () => {
      const root = temporaryFolder();
      update(root, 'one');
      expect((await first(root, 'requires.cjs'))['module']).to.equal('module one, deep one');
      update(root, 'two');
      const two = await load(root, 'requires.cjs');
      // Without `module.registerHooks`, nobody is asked what the required module's own imports mean.
      const expected = 'registerHooks' in module ? 'module two, deep two' : 'module two, deep one';
      expect([two['module'], two['again']]).to.deep.equal([expected, expected]);
    });

    it('loads ES modules that CommonJS imports anew', async () => {
      const root = temporaryFolder();
      update(root, 'one');
      expect(await call(await first(root, 'inner.cjs'), 'dynamic')).to.include({ module: 'module one, deep one' });
      update(root, 'two');
      expect(await call(await load(root, 'inner.cjs'), 'dynamic')).to.include({ module: 'module two, deep two' });
    });
  });

  it('that cannot be loaded is abandoned, and the one before goes on', async () => {
    for (const [type, broken, exporting, loading] of [
      ['module', 'export const a = ;', 'export const a =', (name: string): string => `export const lazy = () => import('./${name}');`],
      ['commonjs', 'exports.a = ;', 'exports.a =', (name: string): string => `exports.lazy = () => require('./${name}');`],
    ] as const) {
      const root = temporaryFolder();
      writeFiles(root, { 'package.json': { type }, 'index.js': loading('part.js'), 'part.js': `${exporting} 'one';` });
      const one = new ModuleVersion(root);
      const good = (await one.import(join(root, 'index.js'))) as Exports;
      const before = (await call(good, 'lazy')) as Exports;
      writeFiles(root, { 'index.js': broken });
      const two = new ModuleVersion(root);
      const error: unknown = await two.import(join(root, 'index.js')).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(SyntaxError);
      two.abandon();
      expect(await call(good, 'lazy')).to.equal(before);
      writeFiles(root, { 'index.js': loading('part.js'), 'part.js': `${exporting} 'three';` });
      const three = (await new ModuleVersion(root).import(join(root, 'index.js'))) as Exports;
      expect(((await call(three, 'lazy')) as Exports)['a']).to.equal('three');
    }
  });

  it('names the lines of the TypeScript that it was compiled from', async () => {
    for (const [type, kind] of [['module', ModuleKind.ES2022], ['commonjs', ModuleKind.CommonJS]] as const) {
      const root = temporaryFolder();
      const compile = (lines: number): void => {
        const source = `${'// a line\n'.repeat(lines)}interface Unused { readonly a: string }\nexport function fail(): never {\n  throw new Error('failed');\n}\n`;
        const { outputText, sourceMapText } = transpileModule(source, { fileName: 'index.ts', compilerOptions: { module: kind, sourceMap: true, inlineSources: true } });
        writeFiles(root, { 'package.json': { type }, 'index.js': outputText, 'index.js.map': sourceMapText ?? '' });
      };
      writeFiles(root, {
        'main.mjs': `
          import { ModuleVersion } from ${JSON.stringify(platform)};
          import { once } from 'node:events';
          for (let version = 0; version < 2; version += 1) {
            const imported = await new ModuleVersion(import.meta.dirname).import(import.meta.dirname + '/index.js');
            try { imported.fail(); } catch (error) { console.log(/index\\.ts:\\d+/.exec(error.stack)?.[0] ?? error.stack); }
            process.send?.('loaded');
            if (version === 0) await once(process.stdin, 'data');
          }
          process.exit();
        `,
      });
      compile(1);
      const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'main.mjs')], { stdio: ['pipe', 'pipe', 'inherit', 'ipc'] });
      let printed = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => { printed += text; });
      await new Promise((resolve) => child.once('message', resolve));
      compile(7);
      child.stdin?.write('go\n');
      await new Promise((resolve) => child.once('close', resolve));
      expect(printed.trim().split('\n'), type).to.deep.equal(['index.ts:4', 'index.ts:10']);
    }
  });

  it('counts the ES modules that cannot be freed', async () => {
    const root = temporaryFolder();
    const source = `export { part } from './part.js';\n// ${'x'.repeat(1000)}\n`;
    const part = 'export const part = 1;\n';
    writeFiles(root, { 'package.json': MODULE, 'index.js': source, 'part.js': part });
    const before = retainedModules();
    for (let version = 0; version < 4; version += 1) {
      const next = new ModuleVersion(root);
      await next.import(join(root, 'index.js'));
      next.settle();
    }
    const after = retainedModules();
    expect(after.modules - before.modules).to.equal(3 * 2);
    expect(after.bytes - before.bytes).to.equal(3 * (source.length + part.length));
  });

  it('counts those too that a version loads when it is replaced already, each once', async () => {
    const root = temporaryFolder();
    const source = `export const late = () => import('./late.js');\n`;
    const late = 'export const late = 1;\n';
    writeFiles(root, { 'package.json': MODULE, 'index.js': source, 'late.js': late });
    const before = retainedModules();
    const old = await load(root, 'index.js');
    const next = new ModuleVersion(root);
    const fresh = (await next.import(join(root, 'index.js'))) as Exports;
    next.settle();
    for (const version of [old, old, fresh]) await call(version, 'late');
    const after = retainedModules();
    expect([after.modules - before.modules, after.bytes - before.bytes]).to.deep.equal([2, source.length + late.length]);
  });
});

const platform = import.meta.resolve('#internal/core/platform/module-versions/index.js');
