import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { userFolders } from '@structum/core';
import { expect } from 'chai';

describe('the user\'s folders', () => {
  it('are those of the XDG specification on Linux', () => {
    expect(userFolders({}, 'linux', '/home/ada')).to.deep.equal({
      config: '/home/ada/.config/structum',
      cache: '/home/ada/.cache/structum',
      data: '/home/ada/.local/share/structum',
      state: '/home/ada/.local/state/structum',
    });
  });

  it('are those of the Library on macOS', () => {
    expect(userFolders({}, 'darwin', '/Users/ada')).to.deep.equal({
      config: '/Users/ada/Library/Application Support/structum',
      cache: '/Users/ada/Library/Caches/structum',
      data: '/Users/ada/Library/Application Support/structum',
      state: '/Users/ada/Library/Application Support/structum/State',
    });
  });

  it('are those of the application data on Windows', () => {
    expect(userFolders({ APPDATA: 'D:\\Roaming', LOCALAPPDATA: 'D:/Local' }, 'win32', 'C:\\Users\\ada')).to.deep.equal({
      config: 'D:\\Roaming\\structum',
      cache: 'D:\\Local\\structum\\Cache',
      data: 'D:\\Local\\structum\\Data',
      state: 'D:\\Local\\structum\\State',
    });
    expect(userFolders({}, 'win32', 'C:\\Users\\ada')).to.deep.equal({
      config: 'C:\\Users\\ada\\AppData\\Roaming\\structum',
      cache: 'C:\\Users\\ada\\AppData\\Local\\structum\\Cache',
      data: 'C:\\Users\\ada\\AppData\\Local\\structum\\Data',
      state: 'C:\\Users\\ada\\AppData\\Local\\structum\\State',
    });
  });

  const xdg = { XDG_CONFIG_HOME: '/x/config', XDG_CACHE_HOME: '/x/cache', XDG_DATA_HOME: '/x/data', XDG_STATE_HOME: '/x/state' };

  it('follow the XDG variables everywhere', () => {
    for (const platform of ['linux', 'darwin'] as const) {
      expect(userFolders(xdg, platform, '/home/ada')).to.deep.equal({
        config: '/x/config/structum', cache: '/x/cache/structum', data: '/x/data/structum', state: '/x/state/structum',
      });
    }
    expect(userFolders({ XDG_CACHE_HOME: 'D:\\fast' }, 'win32', 'C:\\Users\\ada').cache).to.equal('D:\\fast\\structum');
  });

  it('follow their own variables first, which name the folders themselves', () => {
    const own = { STRUCTUM_CONFIG_HOME: '/s/config', STRUCTUM_CACHE_HOME: '/s/cache', STRUCTUM_DATA_HOME: '/s/data', STRUCTUM_STATE_HOME: '/s/state' };
    expect(userFolders({ ...xdg, ...own }, 'linux', '/home/ada')).to.deep.equal({ config: '/s/config', cache: '/s/cache', data: '/s/data', state: '/s/state' });
  });

  it('never lead into the folder that a command runs in', () => {
    for (const path of ['', 'relative', './relative', '~']) {
      const env = { STRUCTUM_DATA_HOME: path, XDG_DATA_HOME: path };
      expect(userFolders(env, 'linux', '/home/ada').data).to.equal('/home/ada/.local/share/structum');
      expect(userFolders({ HOME: path }, 'linux')).to.deep.equal(NOWHERE);
    }
    expect(userFolders({ LOCALAPPDATA: 'C:relative', USERPROFILE: 'C:\\Users\\ada' }, 'win32').cache).to.equal('C:\\Users\\ada\\AppData\\Local\\structum\\Cache');
  });

  it('lie below the home of the environment, else of the system', () => {
    expect(userFolders({ HOME: '/home/ada' }, 'linux').config).to.equal('/home/ada/.config/structum');
    expect(userFolders({ USERPROFILE: 'C:\\Users\\ada' }, 'win32').config).to.equal('C:\\Users\\ada\\AppData\\Roaming\\structum');
    expect(userFolders({ HOME: '/home/eve' }, 'linux', '/home/ada').config).to.equal('/home/ada/.config/structum');
    if (process.platform !== 'win32') expect(userFolders({}, 'linux').config).to.equal(join(homedir(), '.config/structum'));
  });

  it('are nowhere for a user without a home', function () {
    // Only root may become somebody whom the system does not know.
    if (process.getuid?.() !== 0) this.skip();
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', `
      const { userFolders } = await import(${JSON.stringify(import.meta.resolve('#internal/core/platform/user-folders.js'))});
      console.log(Object.values(userFolders({}, 'linux')).every((folder) => folder === undefined));`],
    { cwd: '/', uid: 54_321, gid: 54_321, env: { PATH: process.env.PATH }, encoding: 'utf8' });
    expect(stdout).to.equal('true\n');
  });
});

const NOWHERE = { config: undefined, cache: undefined, data: undefined, state: undefined };
