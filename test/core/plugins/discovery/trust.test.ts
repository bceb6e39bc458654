import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginOrigin, TrustCandidate, TrustTier } from '@structum/core';
import { expect } from 'chai';
import { hostTrees, judgeTrust, trustedFolders, TrustJudge, trustTierOf } from '#internal/core/plugins/discovery/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

describe('the rule of trust', () => {
  const candidate = (origin: PluginOrigin, isBesideHost: boolean, isProjectTrusted: boolean): TrustCandidate =>
    ({ origin, isBesideHost, isProjectTrusted, folder: '/a/node_modules/b', root: '/a/node_modules' });

  // Beside the host and of a trusted project, only the former, only the latter, neither.
  const table: Readonly<Record<PluginOrigin, readonly [TrustTier, TrustTier, TrustTier, TrustTier]>> = {
    host: ['host', 'host', 'found', 'found'],
    linked: ['installed', 'installed', 'installed', 'installed'],
    user: ['installed', 'installed', 'installed', 'installed'],
    configured: ['installed', 'installed', 'installed', 'installed'],
    project: ['host', 'host', 'installed', 'found'],
  };

  for (const [origin, expected] of Object.entries(table) as [PluginOrigin, readonly TrustTier[]][]) {
    it(`gives what is found by the origin "${origin}" ${[...new Set(expected)].join(' or ')}`, () => {
      const situations = [[true, true], [true, false], [false, true], [false, false]] as const;
      expect(situations.map(([beside, trusted]) => trustTierOf(candidate(origin, beside, trusted)))).to.deep.equal(expected);
    });
  }

  it('denies an origin that it does not know', () => {
    expect(trustTierOf(candidate('elsewhere' as PluginOrigin, true, true))).to.equal('found');
  });

  it('takes what a replacement says, and denies when that is no tier, or an error', () => {
    const given = candidate('project', false, false);
    const answers: readonly unknown[] = ['host', 'installed', 'found', 'HOST', '', undefined, null, true, Promise.resolve('host'), ['host']];
    expect(answers.map((answer) => judgeTrust(given, () => answer as TrustTier))).to.deep.equal(['host', 'installed', ...Array.from({ length: 8 }, () => 'found')]);
    expect(judgeTrust(candidate('host', true, true), () => { throw new Error('no'); })).to.equal('found');
    const seen: TrustCandidate[] = [];
    judgeTrust(given, (asked) => { seen.push(asked); return 'found'; });
    expect(seen).to.deep.equal([given]);
  });
});

describe('the folders of a project that its host vouches for', () => {
  it('are those of which it says so, from where it works up to the root', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { '.git/HEAD': '', 'package.json': {}, 'packages/one/package.json': {} });
    const one = join(folder, 'packages/one');
    const asked: string[] = [];
    expect(await trustedFolders(one, (project) => { asked.push(project); return project === one; })).to.deep.equal([one]);
    expect(asked).to.deep.equal([one, join(folder, 'packages'), folder]);
    expect(await trustedFolders(one, undefined)).to.deep.equal([]);
    expect(await trustedFolders(undefined, () => true)).to.deep.equal([]);
  });
});

describe('judging where packages were found', () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  const tierOf = (location: string, origin: PluginOrigin, root: string, more: { project?: string; trusted?: readonly string[] } = {}): TrustTier =>
    new TrustJudge(hostTrees([join(folder, location)]), (more.trusted ?? []).map((path) => join(folder, path)), undefined)
      .tierOf({ origin, folder: join(folder, root), kind: 'packages', ...(more.project === undefined ? {} : { project: join(folder, more.project) }) }, join(folder, root, 'plugin'));

  it('trusts as the host what is installed where the host itself is, at any depth', () => {
    mkdirSync(join(folder, 'lib/node_modules/structum/node_modules/deep'), { recursive: true });
    const bin = 'lib/node_modules/structum/bin.js';
    expect(['lib/node_modules', 'lib/node_modules/structum/node_modules', 'node_modules', 'lib'].map((root) => tierOf(bin, 'host', root))).to.deep.equal(['host', 'host', 'found', 'found']);
    // What begins with the same letters is somewhere else.
    expect(tierOf(bin, 'host', 'lib/node_modules-2')).to.equal('found');
  });

  it('follows links to where the host really is', () => {
    writeFiles(folder, { 'store/node_modules/.pnpm/structum@2/node_modules/structum/bin.js': '', 'store/node_modules/x/y': '', 'bin/node_modules/x/y': '' });
    symlinkSync(join(folder, 'store/node_modules/.pnpm/structum@2/node_modules/structum'), join(folder, 'bin/structum'), 'junction');
    expect(['store/node_modules', 'bin/node_modules'].map((root) => tierOf('bin/structum/bin.js', 'host', root))).to.deep.equal(['host', 'found']);
  });

  it('trusts what is installed where a link to the host is that it was started through, as for what is linked for development', () => {
    writeFiles(folder, { 'dev/host/package.json': {}, 'dev/host/bin.js': '', 'dev/host/node_modules/x/y': '', 'lib/node_modules/x/y': '', 'work/node_modules/x/y': '' });
    symlinkSync(join(folder, 'dev/host'), join(folder, 'lib/node_modules/host'), 'junction');
    // One that somebody put elsewhere lends nothing to that place.
    symlinkSync(join(folder, 'dev/host'), join(folder, 'work/node_modules/host'), 'junction');
    const roots = ['lib/node_modules', 'dev/host/node_modules', 'work/node_modules'];
    expect(roots.map((root) => tierOf('lib/node_modules/host/bin.js', 'host', root))).to.deep.equal(['host', 'host', 'found']);
    expect(roots.map((root) => tierOf('dev/host/bin.js', 'host', root))).to.deep.equal(['found', 'host', 'found']);
  });

  it('trusts what pnpm installed with the host for all projects, which is beside its store', () => {
    const store = 'global/5/.pnpm/structum@2.0.0/node_modules';
    writeFiles(folder, { [`${store}/structum/bin.js`]: '', 'global/5/.pnpm/node_modules/x/y': '', 'global/5/node_modules/x/y': '', 'global/6/node_modules/x/y': '', 'global/node_modules/x/y': '' });
    const roots = [store, 'global/5/.pnpm/node_modules', 'global/5/node_modules', 'global/node_modules', 'global/6/node_modules'];
    expect(roots.map((root) => tierOf(`${store}/structum/bin.js`, 'host', root))).to.deep.equal(['host', 'host', 'host', 'found', 'found']);
  });

  it('trusts the node_modules beside the packages that a program is part of, up to its repository', () => {
    writeFiles(folder, {
      'repository/.git/HEAD': '', 'repository/package.json': {}, 'repository/packages/app/package.json': {}, 'repository/packages/app/src/main.js': '', 'package.json': {},
    });
    for (const path of ['', 'repository', 'repository/packages', 'repository/packages/app', 'repository/packages/other']) mkdirSync(join(folder, path, 'node_modules'), { recursive: true });
    const tiers = ['repository/packages/app', 'repository', '', 'repository/packages/other'].map((path) => tierOf('repository/packages/app/src/main.js', 'host', join(path, 'node_modules')));
    expect(tiers).to.deep.equal(['host', 'host', 'found', 'found']);
  });

  it('trusts the nearest node_modules of a program without a package, and none further up', () => {
    writeFiles(folder, { 'scripts/main.js': '', 'node_modules/x/y': '' });
    expect(tierOf('scripts/main.js', 'host', 'node_modules')).to.equal('host');
    mkdirSync(join(folder, 'scripts/node_modules'));
    expect(tierOf('scripts/main.js', 'host', 'node_modules')).to.equal('found');
  });

  it('trusts no node_modules where everybody may put packages', async function () {
    if (process.platform === 'win32') this.skip();
    const { chmodSync } = await import('node:fs');
    writeFiles(folder, { 'package.json': {}, 'mine/main.js': '', 'node_modules/x/y': '' });
    chmodSync(folder, 0o1777);
    expect(tierOf('mine/main.js', 'host', 'node_modules')).to.equal('found');
  });

  it('trusts projects that the user trusts, and what is in them, by whole names', () => {
    for (const path of ['work/app/node_modules', 'work/app-2/node_modules']) mkdirSync(join(folder, path), { recursive: true });
    const tier = (project: string, trusted: readonly string[]): TrustTier => tierOf('host.js', 'project', join(project, 'node_modules'), { project, trusted });
    expect(tier('work/app', [])).to.equal('found');
    expect(tier('work/app', ['work/app'])).to.equal('installed');
    expect(tier('work/app', ['nowhere', 'work'])).to.equal('installed');
    expect(tier('work/app-2', ['work/app'])).to.equal('found');
    expect(tier('work', ['work/app'])).to.equal('found');
  });

  it('does not trust a project for leading into what the host is installed in', () => {
    writeFiles(folder, { 'lib/node_modules/structum/bin.js': '', 'lib/node_modules/other/test/node_modules/x/y': '', 'hostile/.keep': '' });
    symlinkSync(join(folder, 'lib/node_modules/other/test/node_modules'), join(folder, 'hostile/node_modules'), 'junction');
    const bin = 'lib/node_modules/structum/bin.js';
    expect(tierOf(bin, 'project', 'lib/node_modules/other/test/node_modules', { project: 'hostile' })).to.equal('found');
    expect(tierOf(bin, 'project', 'lib/node_modules/other/test/node_modules', { project: 'lib/node_modules/other/test' })).to.equal('host');
  });

  it('does not trust a project for leading into a trusted one, nor distrust the way that the user named', () => {
    for (const path of ['trusted/node_modules', 'hostile']) mkdirSync(join(folder, path), { recursive: true });
    symlinkSync(join(folder, 'trusted/node_modules'), join(folder, 'hostile/node_modules'), 'junction');
    symlinkSync(join(folder, 'trusted'), join(folder, 'alias'), 'junction');
    expect(tierOf('host.js', 'project', 'trusted/node_modules', { project: 'hostile', trusted: ['trusted'] })).to.equal('found');
    expect(tierOf('host.js', 'project', 'trusted/node_modules', { project: 'trusted', trusted: ['alias'] })).to.equal('installed');
  });
});
