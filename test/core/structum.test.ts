import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, definePlugin, Structum, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../support/errors.js';
import { linkCore, root, temporaryFolder, writeFiles } from '../support/folder.js';

function plugin(name: string, more: Partial<PluginDefinition> = {}): ReturnType<typeof definePlugin> {
  return definePlugin({ name, version: '1.0.0', description: name, commands: [defineCommand({ path: name, description: name, execute: () => name })], ...more });
}

describe('Structum', () => {
  it('shares nothing with another one in the same process', async () => {
    let instances = 0;
    class Counter {
      readonly id = ++instances;
    }
    const shared = definePlugin({ name: 'shared', description: 'x', providers: [Counter], commands: [defineCommand({ path: 'shared', description: 'x', execute: (_input, { config }) => config })] });
    const [one, two] = await Promise.all([1, 2].map((value) => Structum.create({ plugins: [shared], config: { plugins: { shared: { value } } } })));
    expect([await one?.run('shared'), await two?.run('shared')]).to.deep.equal([{ value: 1 }, { value: 2 }]);
    await one?.dispose();
    expect(await two?.run('shared')).to.deep.equal({ value: 2 });
    await two?.register(plugin('later'));
    expect(one?.registry.plugin('later')).to.equal(undefined);
  });

  it('has no effect of its own: no file, variable, folder, timer or output', () => {
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'probe.cjs': `
        const { Structum, definePlugin, defineCommand } = require('@structum/core');
        const fs = require('node:fs');
        const touched = [];
        for (const name of Object.keys(fs)) {
          const original = fs[name];
          if (typeof original === 'function' && /^(read|open|stat|lstat|exists|access|write|mkdir|watch|realpath)/.test(name)) {
            fs[name] = (...args) => { touched.push(name); return original(...args); };
          }
        }
        process.env = new Proxy(process.env, { get: (env, key) => { touched.push('env ' + String(key)); return env[key]; }, ownKeys: (env) => { touched.push('env'); return Reflect.ownKeys(env); } });
        const plugin = definePlugin({ name: 'x', description: 'x', commands: [defineCommand({ path: 'x', description: 'x', execute: () => 1 })] });
        Structum.create({ plugins: [plugin] }).then(async (structum) => {
          await structum.run('x');
          const busy = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout');
          await structum.dispose();
          process._rawDebug(JSON.stringify({ touched, busy }));
        });`,
    });
    const { stdout, stderr } = runNode(join(folder, 'probe.cjs'));
    expect(stdout).to.equal('');
    expect(JSON.parse(stderr)).to.deep.equal({ touched: [], busy: [] });
  });

  it('is disposed by await using', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({ plugins: [plugin('x', { onDeactivate: () => void seen.push('down') })] });
    await structum.run('x');
    await structum[Symbol.asyncDispose]();
    expect(seen).to.deep.equal(['down']);
    await failure('DISPOSED', structum.run('x'));
    await failure('DISPOSED', structum.start('x').result);
    await failure('DISPOSED', structum.register(plugin('y')));
  });

  it('is made whole or not at all', async () => {
    const structum = await Structum.create({ plugins: [plugin('a')] });
    await failure('PLUGIN_DUPLICATE', structum.register(plugin('a')));
    await failure('REQUIREMENT_MISSING', structum.register(plugin('b', { requires: { c: '*' } })));
    expect(structum.registry.plugins.map(({ name }) => name)).to.deep.equal(['a']);
    expect(structum.registry.command('b')).to.equal(undefined);
  });

  it('goes on when a listener throws', async () => {
    const structum = await Structum.create({ plugins: [plugin('x')] });
    structum.on('command:started', () => {
      throw new Error('listener');
    });
    expect(await structum.run('x')).to.equal('x');
  });
});

describe('Structum#register and #unregister', () => {
  it('add and take out plugins at run time', async () => {
    const events: string[] = [];
    const structum = await Structum.create();
    structum.on('plugin:registered', (event) => events.push(`registered ${event.plugin}`));
    structum.on('plugin:deactivated', (event) => events.push(`deactivated ${event.plugin}`));
    structum.on('plugin:unregistered', (event) => events.push(`unregistered ${event.plugin}`));
    await structum.register(plugin('a'));
    expect(await structum.run('a')).to.equal('a');
    await structum.unregister('a');
    await failure('COMMAND_UNKNOWN', structum.run('a'));
    await structum.register(plugin('a', { version: '2.0.0' }));
    expect(structum.registry.plugin('a')?.version).to.equal('2.0.0');
    expect(events).to.deep.equal(['registered a', 'deactivated a', 'unregistered a', 'registered a']);
  });

  it('protect plugins that others require, unless those go along', async () => {
    const seen: string[] = [];
    const down = (name: string): Partial<PluginDefinition> => ({ onDeactivate: () => void seen.push(name) });
    const structum = await Structum.create({
      plugins: [plugin('base', down('base')), plugin('middle', { ...down('middle'), requires: { base: '*' } }), plugin('top', { ...down('top'), requires: { middle: '*', base: '*' } })],
    });
    await structum.run('top');
    expect((await failure('PLUGIN_IN_USE', structum.unregister('base'))).details).to.deep.equal({ plugin: 'base', dependents: ['"middle"', '"top"'] });
    await structum.unregister('base', { dependents: true });
    expect(seen).to.deep.equal(['top', 'middle', 'base']);
    expect(structum.registry.plugins).to.deep.equal([]);
    await failure('PLUGIN_UNKNOWN', structum.unregister('base'));
  });
});

describe('the registry', () => {
  it('finds commands by the longest path, groups and similar names', async () => {
    const commands = ['archive', 'archive extract', 'docs build', 'docs serve'].map((path) => defineCommand({ path, description: path, execute: () => path }));
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', category: 'export', commands })] });
    const { registry } = structum;
    expect(registry.route(['archive', 'extract', 'file'])).to.deep.include({ length: 2 });
    expect(registry.route(['archive', './extract'])?.command.path).to.equal('archive');
    expect(registry.route(['docs'])).to.equal(undefined);
    expect(registry.group('docs').map(({ path }) => path)).to.deep.equal(['docs build', 'docs serve']);
    expect(registry.category('export').map(({ name }) => name)).to.deep.equal(['x']);
    expect(registry.suggest('archvie')).to.deep.equal(['archive']);
    expect(registry.suggest('docs biuld')).to.deep.equal(['docs build']);
    expect(registry.suggest('completely else')).to.deep.equal([]);
  });
});

describe('a second copy of the core', () => {
  it('works, and is reported with both paths', () => {
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'plugin/node_modules/@structum/core/package.json': { name: '@structum/core', version: '2.0.0', main: 'index.cjs' },
      'plugin/index.cjs': `
        const { StructumError, defineCommand, defineService, definePlugin } = require('@structum/core');
        const Store = defineService('store');
        module.exports = definePlugin({ name: 'second', description: 'x', requires: { store: '*' }, commands: [defineCommand({ path: 'second', description: 'x', execute: () => { throw new StructumError({ code: 'MINE', message: 'mine' }); } })],
          onActivate: (context) => console.log(context.service(Store)) });`,
      'host.cjs': `
        const { Structum, StructumError, defineService, definePlugin } = require('@structum/core');
        const Store = defineService('store');
        const store = definePlugin({ name: 'store', description: 'x', provides: [Store], providers: [{ provide: Store, useValue: 'shared' }] });
        Structum.create({ plugins: [require('./plugin/index.cjs'), store] }).then(async (structum) => {
          structum.on('warning', ({ error }) => console.log(JSON.stringify([error.code, error.details])));
          await structum.run('second').catch((error) => console.log(StructumError.is(error), error.code));
        });`,
    });
    const copy = join(folder, 'plugin/node_modules/@structum/core/index.cjs');
    copyFileSync(join(root, 'lib/core/dist/index.cjs'), copy);
    const [warning = '', service, thrown] = runNode(join(folder, 'host.cjs')).stdout.trim().split('\n');
    expect(JSON.parse(warning)).to.deep.equal(['CORE_DUPLICATE', { plugin: 'second', theirs: `${copy} (2.0.0)`, ours: `${join(root, 'lib/core/dist/index.cjs')} (2.0.0)` }]);
    expect([service, thrown]).to.deep.equal(['shared', 'true MINE']);
  });
});

function runNode(file: string): { stdout: string; stderr: string } {
  const script = `const { spawnSync } = require('node:child_process'); const { stdout, stderr } = spawnSync(process.execPath, [${JSON.stringify(file)}], { encoding: 'utf8' }); console.log(JSON.stringify({ stdout, stderr }))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as { stdout: string; stderr: string };
}
