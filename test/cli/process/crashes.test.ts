import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, environment, type Finished } from '../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';
import { CRASHES, killAt, stepsOf, type ChangingProgram } from '../../support/killed-program.js';

describe(`A command line that is killed while it writes, ${String(CRASHES)} times at each kind of file`, function () {
  this.timeout(CRASHES * 5_000 + 60_000);

  let cli: CliInstallation;
  let home: string;
  let env: Record<string, string>;

  before(async () => {
    cli = new CliInstallation().link('plugins').link('config');
    await cli.add('hello', `
      const { defineCommand, definePlugin } = require('@structum/core');
      exports.default = definePlugin({ name: 'hello', description: 'Greets', commands: [defineCommand({ path: 'hello', description: 'Greets', execute: () => 'hello' })] });`);
  });

  beforeEach(() => {
    home = temporaryFolder();
    env = Object.fromEntries(['config', 'cache', 'data', 'state'].map((kind) => [`STRUCTUM_${kind.toUpperCase()}_HOME`, join(home, kind)]));
  });

  const run = (...args: readonly string[]): Promise<Finished> => cli.run(args, { env });
  const program = (folder: string, ...args: readonly string[]): ChangingProgram =>
    ({ args: [cli.bin, ...args], cwd: cli.folder, env: { ...environment(), ...env }, folder: join(home, folder) });
  const namesIn = (folder: string): readonly string[] => readdirSync(join(home, folder)).sort();

  it('makes the index of plugins anew at its next start', async () => {
    const cold = program('cache/plugins', 'hello');
    const steps = await stepsOf(cold);
    const kept = namesIn('cache/plugins');
    for (let crash = 0; crash < CRASHES; crash += 1) {
      rmSync(join(home, 'cache'), { recursive: true });
      await killAt(1 + (crash % steps), cold);
      expect(await run('hello')).to.include({ code: 0, stdout: 'hello\n', stderr: '' });
      expect(namesIn('cache/plugins')).to.deep.equal(kept);
    }
  });

  it('loses nothing of its settings, and can change them at once', async () => {
    const file = join(home, 'config/config.yaml');
    const others = Array.from({ length: 2_000 }, (_, index) => `    plugin-${String(index)}: true # ${'x'.repeat(40)}\n`).join('');
    const text = (enabled: boolean): string => `# mine\nplugin_policy:\n  enabled:\n${others}    hello: ${String(enabled)}\n`;
    mkdirSync(join(home, 'config'));
    const disable = program('config', 'plugins', 'disable', 'hello');
    const enable = program('config', 'plugins', 'enable', 'hello');
    writeFileSync(file, text(true));
    const steps = await stepsOf(disable);
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const wasEnabled = crash % 2 === 0;
      writeFileSync(file, text(wasEnabled));
      await killAt(1 + (Math.floor(crash / 2) % steps), wasEnabled ? disable : enable);
      const isEnabled = readFileSync(file, 'utf8') === text(true);
      if (!isEnabled) expect(readFileSync(file, 'utf8')).to.equal(text(false));
      expect((await run('hello')).code).to.equal(isEnabled ? 0 : 3);
      expect(await run('plugins', isEnabled ? 'disable' : 'enable', 'hello')).to.include({ code: 0, stderr: '' });
      expect(readFileSync(file, 'utf8')).to.equal(text(!isEnabled));
      expect(namesIn('config')).to.deep.equal(['config.yaml']);
    }
  });

  it('has the whole of a configuration file as it was before, or as it is to be, in each format', async () => {
    const set = program('config', 'config', 'set', 'plugins.hello.greeting', 'after', '--scope', 'global');
    const steps = new Map<string, number>();
    for (const [name, text] of SETTINGS) {
      writeFiles(home, { [`config/${name}`]: text('before') });
      steps.set(name, await stepsOf(set));
      expect(readFileSync(join(home, 'config', name), 'utf8')).to.equal(text('after'));
      rmSync(join(home, 'config', name));
    }
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const [name, text] = SETTINGS[crash % SETTINGS.length] ?? expect.fail();
      const file = join(home, 'config', name);
      writeFileSync(file, text('before'));
      await killAt(1 + (Math.floor(crash / SETTINGS.length) % (steps.get(name) ?? 1)), set);
      expect(readFileSync(file, 'utf8')).to.be.oneOf([text('before'), text('after')]);
      expect(await run('config', 'set', 'plugins.hello.greeting', 'again', '--scope', 'global')).to.include({ code: 0, stderr: '' });
      expect(readFileSync(file, 'utf8')).to.equal(text('again'));
      expect(namesIn('config')).to.deep.equal([name]);
      rmSync(file);
    }
  });

  it('has its links as they were before, or as they are to be', async () => {
    const [first, second] = await Promise.all([developed(cli, 'first'), developed(cli, 'second')]);
    const answer = async (): Promise<string> => (await run('developed')).stdout.trim();
    const link = async (folder: string): Promise<void> => { expect(await run('plugins', 'link', folder)).to.include({ code: 0 }); };
    const relink = program('data/links', 'plugins', 'link', second);
    const unlink = program('data/links', 'plugins', 'unlink', 'developed');
    await link(first);
    const steps = { relink: await stepsOf(relink), unlink: await stepsOf(unlink) };
    for (let crash = 0; crash < CRASHES; crash += 1) {
      await link(first);
      const removes = crash % 4 === 3;
      if (removes) await killAt(1 + (crash % steps.unlink), unlink);
      else await killAt(1 + (crash % steps.relink), relink);
      expect(await answer()).to.be.oneOf(['first', removes ? '' : 'second']);
      await link(second);
      expect(await answer()).to.equal('second');
      expect(namesIn('data/links')).to.deep.equal(['developed']);
    }
  });
});

const LONG = Array.from({ length: 2_000 }, (_, index) => `setting-${String(index)}`);

/** A file with one setting among many, in each format. */
const SETTINGS: readonly (readonly [name: string, text: (greeting: string) => string])[] = [
  ['config.yaml', (greeting) => `# mine\nplugins:\n  hello:\n${LONG.map((name) => `    ${name}: true # as it was\n`).join('')}    greeting: ${greeting}\n`],
  ['config.json', (greeting) => `${JSON.stringify({ plugins: { hello: { ...Object.fromEntries(LONG.map((name) => [name, true])), greeting } } }, undefined, 4)}\n`],
  ['config.toml', (greeting) => `# mine\n[plugins.hello]\n${LONG.map((name) => `${name} = true # as it was\n`).join('')}greeting = "${greeting}"\n`],
];

/** A plugin under development. */
async function developed(cli: CliInstallation, answer: string): Promise<string> {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'developed', version: '1.0.0', type: 'module', exports: './plugin.js', keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } },
    'plugin.js': `
      import { defineCommand, definePlugin } from '@structum/core';
      export default definePlugin({ name: 'developed', description: 'Developed', commands: [defineCommand({ path: 'developed', description: 'Developed', execute: () => '${answer}' })] });`,
  });
  expect(await cli.run(['plugins', 'manifest', folder])).to.include({ code: 0 });
  return folder;
}
