import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { userFolders } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { cacheFolder } from '#internal/cli/compile-cache.js';
import { root, temporaryFolder } from '../support/folder.js';

describe('the compile cache', () => {
  it('lies where the core keeps the user\'s caches', () => {
    const paths = [undefined, '', 'relative', 'C:relative', '/absolute', 'C:\\absolute', 'D:/absolute'];
    const variables = ['STRUCTUM_CACHE_HOME', 'XDG_CACHE_HOME', 'LOCALAPPDATA', 'HOME', 'USERPROFILE'];
    const platforms = fc.constantFrom('linux' as const, 'darwin' as const, 'win32' as const);
    const environments = fc.record(Object.fromEntries(variables.map((name) => [name, fc.constantFrom(...paths)])));
    fc.assert(fc.property(platforms, environments, (platform, env) => {
      expect(cacheFolder(platform, env)).to.equal(userFolders(env, platform).cache);
    }), { numRuns: 1000 });
  });

  it('is never part of the folder that a command runs in', () => {
    expect(cacheFolder('linux', { XDG_CACHE_HOME: 'relative' })).to.equal(join(homedir(), '.cache/structum'));
    expect(cacheFolder('win32', { LOCALAPPDATA: 'C:relative' })).not.to.match(/^C:relative/);
    for (const env of [{ XDG_CACHE_HOME: 'relative' }, { HOME: '' }, { HOME: 'relative' }]) {
      const cwd = temporaryFolder();
      expect(help({ cwd, env: { HOME: cwd, ...env } })).to.deep.equal([0, '']);
      expect(readdirSync(cwd).filter((name) => name !== '.cache')).to.deep.equal([]);
    }
  });

  it('is filled by a command, where Node has one, and not by --version', function () {
    const cache = temporaryFolder();
    const structum = (...args: string[]): number | null =>
      spawnSync(process.execPath, [join(root, 'cli/dist/structum.cjs'), ...args], { env: { ...process.env, XDG_CACHE_HOME: cache } }).status;
    expect(structum('--version')).to.equal(0);
    expect(readdirSync(cache)).to.deep.equal([]);
    expect(structum('--help')).to.equal(0);
    expect(existsSync(join(cache, 'structum/compiled'))).to.equal('enableCompileCache' in module);
  });

  it('is its user\'s alone', function () {
    if (process.platform === 'win32' || !('enableCompileCache' in module)) this.skip();
    const cache = temporaryFolder();
    help({ env: { XDG_CACHE_HOME: cache } });
    expect(statSync(join(cache, 'structum/compiled')).mode & 0o777).to.equal(0o700);
  });

  it('is done without where others may write it, or it is somebody else\'s', function () {
    if (process.platform === 'win32' || !('enableCompileCache' in module)) this.skip();
    const changes = [(folder: string) => { chmodSync(folder, 0o777); }, ...(process.getuid?.() === 0 ? [(folder: string) => { chownSync(folder, 54_321, 54_321); }] : [])];
    for (const change of changes) {
      const cache = temporaryFolder();
      const compiled = join(cache, 'structum/compiled');
      mkdirSync(compiled, { recursive: true, mode: 0o700 });
      change(compiled);
      expect(help({ env: { XDG_CACHE_HOME: cache } })).to.deep.equal([0, '']);
      expect(readdirSync(compiled)).to.deep.equal([]);
    }
  });

  for (const folder of ['/dev/null', '/proc', '/proc/none', '/sys/none']) {
    it(`is done without where it cannot be made: ${folder}`, () => {
      expect(help({ env: { XDG_CACHE_HOME: folder } })).to.deep.equal([0, '']);
    });
  }

  it('is done without by a user without a home', function () {
    // Only root may become somebody whom the system does not know.
    if (process.getuid?.() !== 0) this.skip();
    expect(help({ cwd: '/', uid: 54_321, gid: 54_321, env: { HOME: undefined } })).to.deep.equal([0, '']);
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', `
      const { cacheFolder } = await import(${JSON.stringify(import.meta.resolve('#internal/cli/compile-cache.js'))});
      console.log(cacheFolder('linux', {}));`], { cwd: '/', uid: 54_321, gid: 54_321, env: { PATH: process.env.PATH }, encoding: 'utf8' });
    expect(stdout).to.equal('undefined\n');
  });

  const help = (options: SpawnSyncOptions): [number | null, string] => {
    const env = { ...process.env, ...options.env };
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'cli/dist/structum.cjs'), '--help'], { timeout: 10_000, ...options, env, encoding: 'utf8' });
    return [status, stderr];
  };
});
