import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { silentLogger } from '@structum/core';
import { expect } from 'chai';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNpm } from '../../../support/npm.js';
import { writePackage } from '../../../support/plugin-package.js';
import { type run, runNode } from '../../../support/run.js';

/** What the package managers themselves are installed from, in versions that run on every supported Node. */
const MANAGERS = ['pnpm@10.34.8', 'yarn@1.22.22', '@yarnpkg/cli-dist@4.18.1'];

describe('discovering what package managers installed', function () {
  this.timeout(180_000);
  let folder: string;
  let project: string;
  let cache: string;

  beforeEach(() => {
    folder = realpathSync(temporaryFolder());
    project = join(folder, 'project');
    cache = join(folder, 'cache');
    writeFiles(project, { '.git/HEAD': '' });
  });

  /** Packs a plugin that requires others, which are packages that it depends on. */
  async function pack(name: string, version: string, requires: readonly string[] = []): Promise<string> {
    const home = join(folder, 'sources', `${name}-${version}`);
    writePackage(home, name, { version, requires: Object.fromEntries(requires.map((required) => [required, '*'])) });
    const dependencies = Object.fromEntries(requires.map((required) => [`structum-plugin-${required}`, tarball(required, '1.0.0')]));
    writeFiles(home, { 'package.json': { name: `structum-plugin-${name}`, version, dependencies } });
    mkdirSync(join(folder, 'packed'), { recursive: true });
    await succeed(runNpm(['pack', '--pack-destination', join(folder, 'packed')], home));
    return tarball(name, version);
  }

  function tarball(name: string, version: string): string {
    return `file:${join(folder, 'packed', `structum-plugin-${name}-${version}.tgz`)}`;
  }

  async function succeed(finished: ReturnType<typeof run>): Promise<void> {
    const { code, stdout, stderr } = await finished;
    expect(code, stdout + stderr).to.equal(0);
  }

  const npm = (...args: readonly string[]): Promise<void> => succeed(runNpm([...args, '--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'npm-cache')], project));
  const declare = (dependencies: Readonly<Record<string, string>>, more: object = {}): void => { writeFiles(project, { 'package.json': { name: 'project', version: '1.0.0', dependencies, ...more } }); };
  const open = (from = project): ReturnType<typeof openCatalog> =>
    openCatalog({ locations: [], discover: { project: from, cache }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
  /** What is there, as a fresh process with the index sees it: the versions that are looked up, not all that is listed. */
  const versions = (...names: readonly string[]): readonly string[] => {
    const catalog = open();
    return names.flatMap((name) => catalog.entries(name)).map(({ manifest: { name, version } }) => `${name} ${version}`);
  };
  const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 60); });

  describe('npm', () => {
    it('installs, upgrades, downgrades and removes', async () => {
      for (const version of ['1.0.0', '1.1.0']) await pack('one', version);
      declare({ 'structum-plugin-one': tarball('one', '1.0.0') });
      await npm('install');
      await settle();
      expect(versions('one')).to.deep.equal(['one 1.0.0']);
      for (const version of ['1.1.0', '1.0.0']) {
        await npm('install', tarball('one', version));
        expect(versions('one')).to.deep.equal([`one ${version}`]);
        await settle();
        expect(versions('one')).to.deep.equal([`one ${version}`]);
      }
      await npm('uninstall', 'structum-plugin-one');
      expect(versions('one')).to.deep.equal([]);
    });

    for (const strategy of ['hoisted', 'nested', 'linked']) {
      it(`puts what a plugin requires where its strategy "${strategy}" says`, async () => {
        await pack('base', '1.0.0');
        declare({ 'structum-plugin-upper': await pack('upper', '1.0.0', ['base']) });
        await npm('install', '--install-strategy', strategy);
        expect(versions('upper', 'base')).to.deep.equal(['upper 1.0.0', 'base 1.0.0']);
      });
    }

    it('links packages, and the packages of workspaces', async () => {
      declare({}, { workspaces: ['packages/*'] });
      for (const name of ['app', 'tool']) writePackage(join(project, 'packages', name), name);
      await npm('install');
      expect(open(join(project, 'packages/app')).all().map((entry) => relative(project, entry.folder))).to.deep.equal([join('packages', 'app'), join('packages', 'tool')]);
      writePackage(join(folder, 'outside'), 'outside');
      await npm('install', `file:${join(folder, 'outside')}`);
      expect(open().entries('outside').map((entry) => [entry.folder, entry.tier])).to.deep.equal([[join(folder, 'outside'), 'found']]);
    });
  });

  describe('pnpm and yarn', () => {
    let bin: string;

    before(async function () {
      // They have to be downloaded.
      if (process.env['TEST_PACKAGE_MANAGERS'] === undefined) this.skip();
      const tools = temporaryFolder();
      writeFiles(tools, { 'package.json': { private: true } });
      await succeed(runNpm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...MANAGERS], tools));
      bin = join(tools, 'node_modules');
    });

    const tool = (script: string, ...args: readonly string[]): Promise<void> => succeed(runNode([join(bin, script), ...args], {
      cwd: project,
      env: { HOME: folder, XDG_CACHE_HOME: join(folder, 'xdg'), XDG_DATA_HOME: join(folder, 'xdg'), YARN_ENABLE_GLOBAL_CACHE: '0', YARN_ENABLE_TELEMETRY: '0', YARN_ENABLE_IMMUTABLE_INSTALLS: '0' },
    }));
    const pnpm = (...args: readonly string[]): Promise<void> => tool('pnpm/bin/pnpm.cjs', ...args);
    const classic = (...args: readonly string[]): Promise<void> => tool('yarn/bin/yarn.js', ...args);
    const berry = (...args: readonly string[]): Promise<void> => tool('@yarnpkg/cli-dist/bin/yarn.js', ...args);

    const installers: Readonly<Record<string, () => Promise<void>>> = {
      'pnpm': () => pnpm('install', '--no-frozen-lockfile'),
      'pnpm, hoisted': () => { writeFiles(project, { '.npmrc': 'node-linker=hoisted\n' }); return pnpm('install', '--no-frozen-lockfile'); },
      'yarn 1': () => classic('install', '--offline'),
      'yarn 4 with node_modules': () => { writeFiles(project, { '.yarnrc.yml': 'nodeLinker: node-modules\n', 'yarn.lock': '' }); return berry('install'); },
      'yarn 4 with the linker of pnpm': () => { writeFiles(project, { '.yarnrc.yml': 'nodeLinker: pnpm\n', 'yarn.lock': '' }); return berry('install'); },
    };
    for (const [name, install] of Object.entries(installers)) {
      it(`${name}: finds what was installed, what that requires, an upgrade and a removal`, async () => {
        await pack('base', '1.0.0');
        await pack('upper', '1.1.0', ['base']);
        declare({ 'structum-plugin-upper': await pack('upper', '1.0.0', ['base']) });
        await install();
        await settle();
        expect(versions('upper', 'base')).to.deep.equal(['upper 1.0.0', 'base 1.0.0']);
        declare({ 'structum-plugin-upper': tarball('upper', '1.1.0') });
        rmSync(join(project, 'yarn.lock'), { force: true });
        await install();
        expect(versions('upper', 'base')).to.deep.equal(['upper 1.1.0', 'base 1.0.0']);
        await settle();
        expect(versions('upper', 'base')).to.deep.equal(['upper 1.1.0', 'base 1.0.0']);
        declare({ 'structum-plugin-base': tarball('base', '1.0.0') });
        rmSync(join(project, 'yarn.lock'), { force: true });
        await install();
        expect(versions('upper', 'base')).to.deep.equal(['base 1.0.0']);
      });
    }

    it('pnpm, for all projects: trusts what was installed with the host', async () => {
      await succeed(runNpm(['pack', '--ignore-scripts', '--pack-destination', folder], join(root, 'lib/core')));
      const [core = ''] = readdirSync(folder).filter((name) => name.startsWith('structum-core-'));
      const global = join(folder, 'pnpm');
      const env = { HOME: folder, XDG_CACHE_HOME: join(folder, 'xdg'), XDG_DATA_HOME: join(folder, 'xdg'), PNPM_HOME: global, PATH: `${global}:${process.env['PATH'] ?? ''}` };
      await succeed(runNode([join(bin, 'pnpm/bin/pnpm.cjs'), 'add', '-g', `file:${join(folder, core)}`, await pack('one', '1.0.0')], { cwd: project, env }));
      const host = realpathSync(join(global, 'global/5/node_modules/@structum/core/package.json'));
      const catalog = openCatalog({ locations: [host], discover: {}, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
      expect(catalog.all().map(({ manifest: { name }, tier }) => `${name} ${tier}`)).to.deep.equal(['one host']);
    });

    it('yarn 4 with Plug\'n\'Play: says that no plugins can be found there', async () => {
      await pack('one', '1.0.0');
      declare({ 'structum-plugin-one': tarball('one', '1.0.0') });
      writeFiles(project, { '.yarnrc.yml': 'nodeLinker: pnp\n', 'yarn.lock': '' });
      await berry('install');
      expect(readdirSync(project)).to.include('.pnp.cjs').and.not.include('node_modules');
      const catalog = open();
      expect(catalog.all()).to.deep.equal([]);
      expect(catalog.problems().map(({ origin, error }) => `${origin} ${error.code}`)).to.deep.equal(['project PNP_UNSUPPORTED']);
    });

    it('yarn 4 with Plug\'n\'Play: a host that is installed so says it too, wherever it works', async () => {
      await succeed(runNpm(['pack', '--ignore-scripts', '--pack-destination', folder], join(root, 'lib/core')));
      const [core = ''] = readdirSync(folder).filter((name) => name.startsWith('structum-core-'));
      declare({ '@structum/core': `file:${join(folder, core)}` });
      writeFiles(project, {
        '.yarnrc.yml': 'nodeLinker: pnp\ncacheFolder: ../zips\n', 'yarn.lock': '',
        'host.cjs': `
          const { Structum } = require('@structum/core');
          Structum.create({ from: [require.resolve('@structum/core')], discover: true }).then((structum) => {
            process.stdout.write(structum.registry.problems().map(({ folder, error }) => folder + ' ' + error.code).join());
          });`,
      });
      await berry('install');
      const { stdout, stderr } = await runNode(['-r', join(project, '.pnp.cjs'), join(project, 'host.cjs')], { cwd: folder });
      expect([stdout, stderr]).to.deep.equal([`${project} PNP_UNSUPPORTED`, '']);
    });
  });
});
