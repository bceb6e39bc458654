import { readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, type PluginManifest } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';
import { runNode } from '../../support/run.js';

/** A package whose plugin provides the service `<name>.value`; `more` is code of its description. */
async function write(folder: string, name: string, { version = '1.0.0', more = '' }: { readonly version?: string; readonly more?: string } = {}): Promise<void> {
  const files = {
    'package.json': { name, version, main: './index.cjs' },
    'index.cjs': `
      const { defineCommand, definePlugin, defineService } = require('@structum/core');
      const value = defineService('${name}.value');
      exports.default = definePlugin({ name: '${name}', description: '${name}', provides: [value], providers: [{ provide: value, useValue: '${version}' }], ${more} });`,
  };
  // Made from a twin elsewhere: this process remembers the modules that it has imported.
  const twin = temporaryFolder();
  linkCore(twin);
  writeFiles(twin, files);
  writeFiles(folder, { ...files, [MANIFEST_FILE]: formatManifest((await generateManifest({ folder: twin })).manifest) });
}

/** Each start is a process of its own, with the index that the first one left. */
describe('A start for a command whose plugin uses others notices that', () => {
  let host: string;
  let modules: string;

  beforeEach(async () => {
    const folder = temporaryFolder();
    host = join(folder, 'host');
    modules = join(host, 'node_modules');
    writeFiles(host, {
      'package.json': { name: 'host' },
      'run.mjs': `
        import { Structum } from '@structum/core';
        const structum = await Structum.create({ from: import.meta.url, discover: { cache: ${JSON.stringify(join(folder, 'cache'))} } });
        const rootOf = (report) => (report.causes?.[0] === undefined ? report : rootOf(report.causes[0]));
        const version = (name) => structum.registry.plugin(name)?.version;
        try {
          await structum.run('ask');
          process.stdout.write([version('needed'), version('deep'), version('offering')].join());
        } catch (error) {
          process.stdout.write(rootOf(structum.registry.plugin('asking').reason ?? error).code);
        }`,
    });
    linkCore(host);
    await write(join(modules, 'deep'), 'deep');
    await write(join(modules, 'needed'), 'needed', { more: "requires: { deep: '^1.0.0' }," });
    await write(join(modules, 'offering'), 'offering');
    await write(join(modules, 'asking'), 'asking', {
      more: `requires: { needed: '^1.0.0' }, requiresServices: [defineService('offering.value')],
        commands: [defineCommand({ path: 'ask', description: 'ask', execute: () => 1 })],`,
    });
    // Until what was written can be told from what is written later.
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    expect(await start()).to.equal('1.0.0,1.0.0,1.0.0');
  });

  async function start(): Promise<string> {
    const { stdout, stderr, code } = await runNode([join(host, 'run.mjs')]);
    expect([stderr, code]).to.deep.equal(['', 0]);
    return stdout;
  }

  /** Changes a manifest so that its file looks as old as before. */
  function edit(name: string, change: object): void {
    const file = join(modules, name, MANIFEST_FILE);
    const { atime, mtime } = statSync(file);
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as PluginManifest), ...change }));
    utimesSync(file, atime, mtime);
  }

  /** Puts a link to a package elsewhere in the place of a package. */
  async function link(name: string, version: string, more?: string): Promise<void> {
    const elsewhere = temporaryFolder();
    linkCore(elsewhere);
    await write(elsewhere, name, { version, ...(more === undefined ? {} : { more }) });
    rmSync(join(modules, name), { recursive: true });
    symlinkSync(elsewhere, join(modules, name), 'junction');
  }

  const places: Readonly<Record<string, { readonly role: string; readonly more: string; readonly missing: string; readonly at: number }>> = {
    needed: { role: 'a plugin that it requires', more: "requires: { deep: '^1.0.0' },", missing: 'REQUIREMENT_MISSING', at: 0 },
    deep: { role: 'a plugin that one of those requires', more: '', missing: 'REQUIREMENT_MISSING', at: 1 },
    offering: { role: 'the provider of a service that it needs', more: '', missing: 'SERVICE_MISSING', at: 2 },
  };

  for (const [name, { role, more, missing, at }] of Object.entries(places)) {
    const versions = (version: string): string => ['1.0.0', '1.0.0', '1.0.0'].with(at, version).join();
    /** Nobody says which version of a provider it needs. */
    const misfit = (version: string): string => (name === 'offering' ? versions(version) : 'REQUIREMENT_MISMATCH');
    const changes: Readonly<Record<string, readonly [change: () => void | Promise<void>, answer: string]>> = {
      'needs another core': [() => { edit(name, { engine: '^99.0.0' }); }, 'ENGINE_MISMATCH'],
      'needs what is not there': [() => { edit(name, { requires: { absent: '*' } }); }, 'REQUIREMENT_MISSING'],
      'needs a service that is not there': [() => { edit(name, { requiresServices: ['absent.value'] }); }, 'SERVICE_MISSING'],
      'cannot work beside it': [() => { edit(name, { conflicts: { asking: '*' } }); }, 'CONFLICT'],
      'is broken': [() => { writeFileSync(join(modules, name, MANIFEST_FILE), '{'); }, missing],
      'is gone': [() => { rmSync(join(modules, name), { recursive: true }); }, missing],
      'has another name': [() => { edit(name, { name: 'other', provides: [] }); }, missing],
      'was upgraded in place': [() => write(join(modules, name), name, { version: '1.5.0', more }), versions('1.5.0')],
      'was upgraded too far': [() => write(join(modules, name), name, { version: '2.0.0', more }), misfit('2.0.0')],
      'was downgraded too far': [() => write(join(modules, name), name, { version: '0.5.0', more }), misfit('0.5.0')],
      'was linked': [() => link(name, '1.6.0', more), versions('1.6.0')],
      'was linked in a version that does not fit': [() => link(name, '3.0.0', more), misfit('3.0.0')],
    };
    describe(role, () => {
      for (const [what, [change, answer]] of Object.entries(changes)) {
        it(what, async () => {
          await change();
          for (const index of ['as it was', 'made anew']) expect(await start(), index).to.equal(answer);
        });
      }
    });
  }
});
