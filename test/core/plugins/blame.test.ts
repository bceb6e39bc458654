import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, definePlugin, MANIFEST_FILE, Structum, StructumError, type PluginClass, type PluginDefinition } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

const plugin = (name: string, more: Partial<PluginDefinition> = {}): PluginClass =>
  definePlugin({ name, version: '1.0.0', description: name, commands: [defineCommand({ path: name, description: name, execute: () => name })], ...more });

const never = (): Promise<never> => new Promise(() => undefined);

/** The codes and plugins of an error and of what it follows from. */
function chainOf(error: unknown): string[] {
  const { code, name, details, cause } = error as Partial<StructumError>;
  return [`${code ?? String(name)} ${String(details?.['plugin'])}`, ...(cause === undefined ? [] : chainOf(cause))];
}

/** A package of a plugin whose entry is `source`, with the manifest of what `described` describes. */
async function packageOf(folder: string, name: string, described: string, source = described): Promise<void> {
  const home = join(folder, 'node_modules', name);
  writeFiles(home, { 'package.json': { name, version: '1.0.0', type: 'module', exports: './index.js' }, 'index.js': described, 'commands.js': COMMANDS });
  const { manifest } = await generateManifest({ folder: home });
  writeFiles(home, { 'entry.js': source, [MANIFEST_FILE]: formatManifest({ ...manifest, entry: './entry.js' }) });
}

const COMMANDS = `
  import { defineCommand } from '@structum/core';
  await globalThis.commandGate;
  export const Greet = defineCommand({ path: 'greet', description: 'x', execute: () => 'hello' });`;

const SOURCE = `
  import { definePlugin } from '@structum/core';
  export default definePlugin({ name: 'greet', description: 'x', commands: [() => import('./commands.js')] });`;

describe("an error of a plugin's own", () => {
  const own = (): StructumError => new StructumError({ code: 'NO_TOKEN', message: 'There is no token', hint: 'Log in.' });
  const failing = (name: string, error: unknown): PluginClass =>
    plugin(name, { commands: [defineCommand({ path: name, description: name, execute: () => { throw error; } })] });

  it('says which plugin and which command threw it, and stays what it is', async () => {
    const thrown = own();
    const structum = await Structum.create({ plugins: [failing('asking', thrown)] });
    const error = await failure('NO_TOKEN', structum.run('asking'));
    expect(error).to.equal(thrown);
    expect(error.source).to.deep.equal({ plugin: 'asking', command: 'asking' });
    expect(JSON.parse(JSON.stringify(error))).to.deep.include({ source: { plugin: 'asking', command: 'asking' } });
  });

  it('says so of the innermost one, where commands run others', async () => {
    const outer = plugin('outer', { commands: [defineCommand({ path: 'outer', description: 'x', execute: (_input, { run }) => run('inner') })] });
    const structum = await Structum.create({ plugins: [outer, failing('inner', own())] });
    expect((await failure('NO_TOKEN', structum.run('outer'))).source).to.deep.equal({ plugin: 'inner', command: 'inner' });
  });

  it('that is no StructumError is kept as the cause of one that names the plugin', async () => {
    const thrown = new RangeError('too far');
    const structum = await Structum.create({ plugins: [failing('far', thrown)] });
    const error = await failure('COMMAND_FAILED', structum.run('far'));
    expect(error.cause).to.equal(thrown);
    expect(error.details).to.deep.equal({ command: 'far', plugin: 'far', reason: 'too far' });
  });

  it('is the cause of one that names the plugin, with the same hint, where it cannot come up', async () => {
    const thrown = own();
    const structum = await Structum.create({ plugins: [plugin('asking', { onActivate: () => { throw thrown; } })] });
    const error = await failure('PLUGIN_ACTIVATE_FAILED', structum.run('asking'));
    expect(error).to.include({ message: 'Plugin "asking" failed while it was activated: There is no token', hint: 'Log in.', cause: thrown });
  });

  it('is the cause of one that names the plugin where its module throws it', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    await packageOf(folder, 'greet', SOURCE, `import { StructumError } from '@structum/core'; throw new StructumError({ code: 'NO_TOKEN', message: 'There is no token' });`);
    const structum = await Structum.create({ from: join(folder, 'app.js'), discover: true });
    const error = await failure('PLUGIN_LOAD_FAILED', structum.run('greet'));
    expect(error.details).to.include({ plugin: 'greet', reason: 'There is no token' });
    expect(error.cause).to.include({ code: 'NO_TOKEN' });
  });
});

describe('a plugin that takes too long', () => {
  it('is blamed at the end of the chain of those that wait for it', async () => {
    const structum = await Structum.create({
      plugins: [plugin('a', { requires: { b: '*' } }), plugin('b', { requires: { c: '*' } }), plugin('c', { onActivate: never })],
      limits: { activate: 20 },
    });
    const error = await failure('PLUGIN_ACTIVATE_FAILED', structum.run('a'));
    expect(chainOf(error)).to.deep.equal(['PLUGIN_ACTIVATE_FAILED a', 'PLUGIN_ACTIVATE_FAILED b', 'PLUGIN_PHASE_TIMEOUT c']);
    expect(error.message).to.equal('Plugin "a" cannot be activated, as it requires "b", which requires "c": Plugin "c" did not activate within 20 ms.');
    expect(error.hint).to.contain('"c"');
    expect(structum.registry.plugins.map(({ state }) => state)).to.deep.equal(['failed', 'failed', 'failed']);
  });

  it('is named with both ends of the chain, however long that is', async () => {
    const count = 1_000;
    const chain = Array.from({ length: count }, (_, index) => plugin(`p${String(index)}`, index === count - 1 ? { onActivate: () => { throw new Error('no'); } } : { requires: { [`p${String(index + 1)}`]: '*' } }));
    const structum = await Structum.create({ plugins: chain });
    const error = await failure('PLUGIN_ACTIVATE_FAILED', structum.run('p0'));
    expect(error.details?.['requires']).to.deep.equal(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', '…', 'p993', 'p994', 'p995', 'p996', 'p997', 'p998', 'p999']);
    expect(chainOf(error)).to.deep.equal(['PLUGIN_ACTIVATE_FAILED p0', 'PLUGIN_ACTIVATE_FAILED p999', 'Error undefined']);
    expect(error.hint).to.contain('"p999"');
    expect(structum.registry.plugin('p500')?.reason?.causes).to.have.length(1);
  });

  it('does not make those wait in vain whose own time is short', async () => {
    const structum = await Structum.create({
      plugins: [plugin('a', { requires: { b: '*' } }), plugin('b', { requires: { c: '*' }, onActivate: () => sleep(25) }), plugin('c', { onActivate: () => sleep(25) })],
      limits: { activate: 40 },
    });
    expect(await structum.run('a')).to.equal('a');
  });

  it('that is merely used when it is there costs the other one time, and nothing else', async () => {
    const structum = await Structum.create({ plugins: [plugin('a', { optional: { b: '*' } }), plugin('b', { onActivate: never })], limits: { activate: 20 } });
    expect(await structum.run('a')).to.equal('a');
    expect(structum.registry.plugin('b')?.reason?.code).to.equal('PLUGIN_PHASE_TIMEOUT');
  });

  it('is not blamed for what another one kept the thread busy with', async () => {
    const busy = plugin('busy', {
      async onActivate() {
        await sleep(5);
        const end = Date.now() + 200;
        while (Date.now() < end);
      },
    });
    const structum = await Structum.create({ plugins: [busy, plugin('quick', { onActivate: async () => { await sleep(40); await sleep(10); } })], limits: { activate: 60 } });
    await Promise.all([structum.activate('busy'), structum.activate('quick')]);
  });

  it('is blamed also where it keeps the thread busy itself, again and again', async () => {
    let isOver = false;
    const busy = plugin('busy', {
      async onActivate() {
        while (!isOver) {
          for (const end = Date.now() + 150; Date.now() < end;);
          await setImmediate();
        }
      },
    });
    const structum = await Structum.create({ plugins: [busy], limits: { activate: 60 } });
    const error = await failure('PLUGIN_PHASE_TIMEOUT', structum.activate('busy'));
    isOver = true;
    expect(error.details).to.deep.equal({ plugin: 'busy', phase: 'activate', limit: 60 });
    await structum.dispose();
  });

  it('to be imported is blamed, and not the one that imports the same module', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    const described = (name: string, more: string): string => `
      import { definePlugin } from '@structum/core';
      export default definePlugin({ name: '${name}', description: 'x'${more} });`;
    await packageOf(folder, 'base', described('base', ''), 'await new Promise(() => undefined);');
    await packageOf(folder, 'top', described('top', `, requires: { base: '*' }`), `import '../base/entry.js'; ${described('top', `, requires: { base: '*' }`)}`);
    const structum = await Structum.create({ plugins: ['base', 'top'], from: join(folder, 'app.js'), limits: { load: 100 } });
    const error = await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('top'));
    expect(chainOf(error)).to.deep.equal(['PLUGIN_ACTIVATE_FAILED top', 'PLUGIN_PHASE_TIMEOUT base']);
    await structum.dispose();
  });

  it('to import a command is blamed for that, and may be tried again', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    await packageOf(folder, 'greet', SOURCE);
    let open = (): void => undefined;
    const slow = join(folder, 'node_modules/greet/commands.js');
    // Another file, so that its import is not remembered from making the manifest.
    writeFiles(join(folder, 'node_modules/greet'), { 'slow.js': COMMANDS, 'entry.js': SOURCE.replace('commands.js', 'slow.js') });
    Object.assign(globalThis, { commandGate: new Promise<void>((resolve) => { open = resolve; }) });
    const structum = await Structum.create({ plugins: ['greet'], from: slow, limits: { load: 400 } });
    const error = await failure('PLUGIN_PHASE_TIMEOUT', structum.run('greet'));
    expect(error.details).to.deep.equal({ plugin: 'greet', phase: 'load', limit: 400 });
    await failure('PLUGIN_PHASE_TIMEOUT', structum.run('greet'));
    open();
    await structum.activate('greet', { retry: true });
    expect(await structum.run('greet')).to.equal('hello');
  });
});

describe('a plugin that cannot be imported', () => {
  it('is imported anew when that is tried again, also where its import never ends', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    await packageOf(folder, 'greet', SOURCE, 'await new Promise(() => undefined);');
    const structum = await Structum.create({ plugins: ['greet'], from: join(folder, 'app.js'), limits: { load: 200 } });
    await failure('PLUGIN_PHASE_TIMEOUT', structum.run('greet'));
    await failure('PLUGIN_PHASE_TIMEOUT', structum.activate('greet', { retry: true }));
    writeFileSync(join(folder, 'node_modules/greet/entry.js'), SOURCE);
    await structum.activate('greet', { retry: true });
    expect(await structum.run('greet')).to.equal('hello');
  });

  it('is imported anew when that is tried again', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    await packageOf(folder, 'greet', SOURCE, 'throw new Error("no such thing");');
    const structum = await Structum.create({ plugins: ['greet'], from: join(folder, 'app.js') });
    await failure('PLUGIN_LOAD_FAILED', structum.run('greet'));
    writeFileSync(join(folder, 'node_modules/greet/entry.js'), SOURCE);
    await failure('PLUGIN_LOAD_FAILED', structum.run('greet'));
    await structum.activate('greet', { retry: true });
    expect(await structum.run('greet')).to.equal('hello');
  });
});
