import { readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { linkCore, root, temporaryFolder, writeFiles } from '../../support/folder.js';
import { runNode } from '../../support/run.js';

interface Fixture {
  readonly version?: string;
  readonly command?: string;
  /** What the command says. */
  readonly answer?: string;
}

/** A package with real code: a plugin with one command. */
async function writePlugin(folder: string, name: string, { version = '1.0.0', command = name, answer = version }: Fixture = {}): Promise<void> {
  const files = {
    'package.json': { name, version, main: './index.cjs' },
    'index.cjs': `
      const { defineCommand, definePlugin } = require('@structum/core');
      exports.default = definePlugin({ name: '${name}', description: '${name}',
        commands: [defineCommand({ path: '${command}', description: '${command}', execute: () => '${answer}' })] });`,
  };
  // Made from a twin elsewhere: this process remembers the modules that it has imported.
  const twin = temporaryFolder();
  linkCore(twin);
  writeFiles(twin, files);
  const { manifest } = await generateManifest({ folder: twin });
  writeFiles(folder, { ...files, [MANIFEST_FILE]: formatManifest(manifest) });
}

describe('A start of a host that remembers what it found', () => {
  let host: string;
  let modules: string;
  let cache: string;

  beforeEach(async () => {
    const folder = temporaryFolder();
    host = join(folder, 'host');
    modules = join(host, 'node_modules');
    cache = join(folder, 'cache');
    writeFiles(host, {
      'package.json': { name: 'host' },
      // Each start is a process of its own: what a process has imported stays as it was.
      'run.mjs': `
        import { Structum } from '@structum/core';
        const structum = await Structum.create({ from: import.meta.url, discover: { cache: ${JSON.stringify(cache)} } });
        const answers = [];
        for (const command of process.argv.slice(2)) {
          try { answers.push(await structum.run(command)); } catch (error) { answers.push(error.code); }
        }
        process.stdout.write(answers.join());`,
    });
    linkCore(host);
    await writePlugin(join(modules, 'stays'), 'stays');
    await writePlugin(join(modules, 'greet'), 'greet');
    // Until what was written can be told from what is written later.
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    await start('greet');
  });

  async function start(...commands: readonly string[]): Promise<string> {
    const { stdout, stderr, code } = await runNode([join(host, 'run.mjs'), ...commands]);
    expect([stderr, code]).to.deep.equal(['', 0]);
    return stdout;
  }

  it('runs a plugin that was edited in place, also with the same size and time', async () => {
    const file = join(modules, 'greet', MANIFEST_FILE);
    const { size, atime, mtime } = statSync(file);
    await writePlugin(join(modules, 'greet'), 'greet', { command: 'hallo', answer: 'hallo' });
    utimesSync(file, atime, mtime);
    expect(statSync(file).size).to.equal(size);
    expect(await start('hallo', 'greet', 'stays')).to.equal('hallo,COMMAND_UNKNOWN,1.0.0');
    expect(await start('hallo', 'greet', 'stays')).to.equal('hallo,COMMAND_UNKNOWN,1.0.0');
  });

  it('asks the old name first, and is told that it is gone', async () => {
    await writePlugin(join(modules, 'greet'), 'greet', { command: 'hallo', answer: 'hallo' });
    expect(await start('greet', 'hallo')).to.equal('COMMAND_UNKNOWN,hallo');
  });

  it('runs a plugin that was upgraded, downgraded, and taken away', async () => {
    for (const version of ['2.0.0', '0.5.0']) {
      const staging = join(temporaryFolder(), 'greet');
      await writePlugin(staging, 'greet', { version });
      rmSync(join(modules, 'greet'), { recursive: true });
      renameSync(staging, join(modules, 'greet'));
      expect(await start('greet')).to.equal(version);
    }
    rmSync(join(modules, 'greet'), { recursive: true });
    expect(await start('greet', 'stays')).to.equal('COMMAND_UNKNOWN,1.0.0');
  });

  it('runs a plugin that was linked, and what its link leads to then', async () => {
    const folder = temporaryFolder();
    linkCore(folder);
    for (const version of ['1.0.0', '2.0.0']) await writePlugin(join(folder, version, 'linked'), 'linked', { version });
    for (const version of ['1.0.0', '2.0.0']) {
      rmSync(join(modules, 'linked'), { force: true, recursive: true });
      symlinkSync(join(folder, version, 'linked'), join(modules, 'linked'), 'junction');
      expect(await start('linked')).to.equal(version);
    }
  });

  it('runs what came into a package in place, and into a new scope', async () => {
    writeFiles(modules, { 'ordinary/package.json': {}, '@acme/ordinary/package.json': {} });
    expect(await start('late')).to.equal('COMMAND_UNKNOWN');
    await writePlugin(join(modules, 'ordinary'), 'late');
    expect(await start('late')).to.equal('1.0.0');
    await writePlugin(join(modules, '@acme/ordinary'), 'scoped');
    await writePlugin(join(modules, '@other/plugin'), 'other');
    expect(await start('scoped', 'other', 'late')).to.equal('1.0.0,1.0.0,1.0.0');
  });

  it('runs the same when the index is damaged, cut, and gone', async () => {
    const folder = join(cache, 'plugins');
    const [name = ''] = readdirSync(folder);
    const sound = readFileSync(join(folder, name));
    for (const bytes of [Buffer.alloc(0), sound.subarray(0, 100), Buffer.from(sound).fill(0, 200, 400), Buffer.from('{}'), Buffer.from(sound).fill(255, sound.length - 500)]) {
      writeFileSync(join(folder, name), bytes);
      expect(await start('greet', 'none', 'stays')).to.equal('1.0.0,COMMAND_UNKNOWN,1.0.0');
    }
    rmSync(cache, { recursive: true });
    expect(await start('greet')).to.equal('1.0.0');
  });
});

describe('A project that somebody else wrote', () => {
  it('has its plugins listed, and none of their code ever runs', async () => {
    const folder = temporaryFolder();
    const host = join(folder, 'lib');
    const project = join(folder, 'project');
    const proof = join(folder, 'it-ran');
    const hostile = (name: string, more = ''): string => `
      require('node:fs').appendFileSync(${JSON.stringify(proof)}, '${name} ');
      const { defineCommand, definePlugin, defineService } = require('@structum/core');
      exports.default = definePlugin({ name: '${name}', description: '${name}', ${more} commands: [defineCommand({ path: '${name} run', description: 'x', execute: () => 1 })] });`;
    const plugins: Readonly<Record<string, string>> = {
      plain: '', starter: "activation: ['onStart', 'onCommand:mine', 'onEvent:*', 'onService:mine.service'],", tree: "version: '99.0.0',",
      wanted: '', needy: "requires: { mine: '*' },", linked: '', provider: "provides: [defineService('hostile.service')], providers: [{ provide: defineService('hostile.service'), useValue: {} }],",
    };
    for (const [name, more] of Object.entries(plugins)) {
      const home = name === 'linked' ? join(folder, 'elsewhere/linked') : join(project, 'node_modules', name === 'tree' ? '@structum/plugin-tree' : name);
      linkCore(home);
      writeFiles(home, { 'package.json': { name, version: '1.0.0', main: './index.cjs' }, 'index.cjs': hostile(name, more) });
      const { manifest } = await generateManifest({ folder: home });
      writeFiles(home, { [MANIFEST_FILE]: formatManifest(manifest) });
    }
    // A link out of the project's tree, and one to a tree that looks trusted.
    symlinkSync(join(folder, 'elsewhere/linked'), join(project, 'node_modules/linked'), 'junction');
    writeFiles(project, { 'package.json': { name: 'project' }, '.structum.yaml': `plugin_policy:\n  trusted_projects: [${JSON.stringify(project)}]\n  folders: [${JSON.stringify(join(folder, 'elsewhere'))}]\n` });
    linkCore(host);
    symlinkSync(join(root, 'plugins/tree'), join(host, 'node_modules/@structum/plugin-tree'), 'junction');
    writeFiles(host, {
      'package.json': { name: 'host' },
      'node_modules/mine/package.json': { name: 'mine', version: '1.0.0', main: './index.cjs' },
      'node_modules/mine/index.cjs': `
        const { defineCommand, definePlugin } = require('@structum/core');
        exports.default = definePlugin({ name: 'mine', description: 'mine', optional: { wanted: '*' }, commands: [defineCommand({ path: 'mine', description: 'mine', execute: () => 'mine' })] });`,
      'run.mjs': `
        import { Structum, defineService } from '@structum/core';
        const project = process.argv[2];
        const structum = await Structum.create({
          from: import.meta.url, cwd: project, discover: { project, cache: ${JSON.stringify(join(folder, 'cache'))} }, configSources: { project },
        });
        const answers = { mine: await structum.run('mine'), tree: structum.registry.plugin('tree').version };
        await structum.trigger('anything');
        for (const name of ['plain', 'starter', 'wanted', 'needy', 'linked', 'provider']) {
          for (const attempt of [() => structum.run(name + ' run'), () => structum.activate(name), () => structum.activate(name, { retry: true })]) {
            try { await attempt(); answers[name] = 'ran'; } catch (error) { answers[name] ??= error.code; }
          }
          // Whatever these answer.
          for (const attempt of [() => structum.reload(name), () => structum.checkHealth(name), () => structum.deactivate(name)]) await attempt().catch(() => undefined);
        }
        try { await structum.services.get(defineService('hostile.service')); answers.service = 'given'; } catch (error) { answers.service = error.code; }
        await structum.registry.judged();
        answers.tiers = structum.registry.plugins.map(({ name, tier, state }) => name + ' ' + tier + ' ' + state).join();
        await structum.dispose();
        process.stdout.write(JSON.stringify(answers));`,
    });
    const { manifest } = await generateManifest({ folder: join(host, 'node_modules/mine') });
    writeFiles(host, { [`node_modules/mine/${MANIFEST_FILE}`]: formatManifest(manifest) });
    // Making the manifests ran the code: from here on, nothing may.
    rmSync(proof);
    for (const run of ['cold', 'warm']) {
      const { stdout, stderr } = await runNode([join(host, 'run.mjs'), project]);
      expect(stderr, run).to.equal('');
      const { tiers, mine, tree, ...refused } = JSON.parse(stdout) as Record<string, string>;
      expect([mine, tree]).to.deep.equal(['mine', (JSON.parse(readFileSync(join(root, 'plugins/tree/package.json'), 'utf8')) as { version: string }).version]);
      for (const [name, code] of Object.entries(refused)) expect(code, `${run} ${name}`).to.match(/^(?:PLUGIN_UNTRUSTED|PLUGIN_REJECTED|SERVICE_UNKNOWN|COMMAND_UNKNOWN)$/);
      for (const name of ['plain', 'starter', 'wanted', 'needy', 'linked', 'provider']) expect(tiers).to.contain(`${name} found rejected`);
      expect(tiers).to.contain('mine host active').and.contain('tree host');
      expect(readdirSync(folder)).not.to.include('it-ran');
    }
  });
});
