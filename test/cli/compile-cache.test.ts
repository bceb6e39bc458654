import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cacheFolder } from '#internal/cli/compile-cache.js';
import { root, temporaryFolder } from '../support/folder.js';

describe('the compile cache', () => {
  it('lies where each system keeps caches, unless the user says where', () => {
    expect(cacheFolder('linux', {})).to.equal(join(homedir(), '.cache/structum'));
    expect(cacheFolder('linux', { XDG_CACHE_HOME: '' })).to.equal(join(homedir(), '.cache/structum'));
    expect(cacheFolder('darwin', {})).to.equal(join(homedir(), 'Library/Caches/structum'));
    expect(cacheFolder('win32', { LOCALAPPDATA: 'C:/Users/ada/AppData/Local' })).to.equal(join('C:/Users/ada/AppData/Local', 'structum/Cache'));
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(cacheFolder(platform, { XDG_CACHE_HOME: '/fast' })).to.equal(join('/fast', 'structum'));
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

  it('is done without where it cannot be written', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'cli/dist/structum.cjs'), '--help'], {
      env: { ...process.env, XDG_CACHE_HOME: '/dev/null' },
      encoding: 'utf8',
    });
    expect([status, stderr]).to.deep.equal([0, '']);
  });
});
