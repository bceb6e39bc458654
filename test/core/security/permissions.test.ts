import { mkdirSync, symlinkSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import type { Permissions, ResolvedPermissions } from '@structum/core';
import { expect } from 'chai';
import type { PathEntry, PathSystem } from '#internal/core/platform/path-system.js';
import { commonPermissions, grantedVariables, resolvePermissions, type PermissionPlaces } from '#internal/core/security/index.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('what a plugin may do', () => {
  let folder: string;
  let places: Required<PermissionPlaces>;

  beforeEach(() => {
    folder = temporaryFolder();
    places = { workspace: join(folder, 'work'), plugin: join(folder, 'plugin'), data: join(folder, 'data'), home: join(folder, 'home') };
    for (const place of Object.values(places)) mkdirSync(place);
    writeFiles(folder, { 'outside/secret.txt': 'secret' });
  });

  const resolved = (asked: Permissions, ...narrowed: Permissions[]): ResolvedPermissions => resolvePermissions(asked, narrowed, places);
  const NOTHING: ResolvedPermissions = { read: [], write: [], net: [], env: [], run: [], services: [] };

  it('is nothing where it asks for nothing', () => {
    expect(resolved({})).to.deep.equal(NOTHING);
    expect(resolved({}, { read: ['/'], net: ['*:443'], env: ['A'], run: ['*'], services: ['a.b'] })).to.deep.equal(NOTHING);
  });

  it('names folders as absolute paths', () => {
    writeFiles(folder, { 'work/src/a.txt': '', 'home/.x/y': '' });
    const asked = { read: ['$workspace/src', '$plugin', '~/.x', join(folder, 'outside')], write: ['$data/'] };
    expect(resolved(asked)).to.deep.equal({ ...NOTHING, read: [join(places.workspace, 'src'), places.plugin, join(places.home, '.x'), join(folder, 'outside')], write: [places.data] });
    expect(resolvePermissions(asked, [], {}).read).to.deep.equal([join(folder, 'outside')]);
  });

  it('leaves out what is in another folder, and what is not there where it is to be read', () => {
    writeFiles(folder, { 'work/src/a.txt': '', 'work-other/x': '' });
    expect(resolved({ read: ['$workspace/src', '$workspace', '$workspace', '$workspace/none', join(folder, 'work-other')] }).read).to.deep.equal([places.workspace, join(folder, 'work-other')]);
    expect(resolved({ write: ['$data/new/out.txt'] }).write).to.deep.equal([join(places.data, 'new/out.txt')]);
  });

  it('is no more than each of those says that narrow it', () => {
    writeFiles(folder, { 'work/src/a/b.txt': '', 'work/docs/x': '' });
    const asked: Permissions = { read: ['$workspace', '$plugin'], net: ['*.example.org:443', 'localhost:*'], env: ['MYAPP_*', 'HOME'], run: ['*'], services: ['a.b', 'c.d'] };
    expect(resolved(asked, { read: ['$workspace/src', '$data'] }, { read: ['$workspace/src/a', '$workspace/docs'] }).read).to.deep.equal([join(places.workspace, 'src/a')]);
    expect(resolved(asked, { read: ['/'] }).read).to.deep.equal([places.workspace, places.plugin]);
    expect(resolved(asked, { read: [] }).read).to.deep.equal([]);
    expect(resolved(asked, { net: ['api.example.org:*', 'example.org:443', 'localhost:80', 'other.org:443'] }).net).to.deep.equal(['api.example.org:443', 'localhost:80']);
    expect(resolved(asked, { env: ['MYAPP_A', 'H*', 'OTHER'] }).env).to.deep.equal(['MYAPP_A', 'HOME']);
    expect(resolved(asked, { run: ['git'] }).run).to.deep.equal(['git']);
    expect(resolved({ run: ['git'] }, { run: ['*'] }).run).to.deep.equal(['git']);
    expect(resolved(asked, { services: ['c.d', 'e.f'] }).services).to.deep.equal(['c.d']);
  });

  it('is no more than each of two may do by itself, where one runs for the other', () => {
    const common = (one: Partial<ResolvedPermissions>, other: Partial<ResolvedPermissions>): Partial<ResolvedPermissions> => {
      const both = commonPermissions({ ...NOTHING, ...one }, { ...NOTHING, ...other });
      expect(commonPermissions({ ...NOTHING, ...other }, { ...NOTHING, ...one })).to.deep.equal(both);
      return Object.fromEntries(Object.entries(both as unknown as Readonly<Record<string, readonly string[]>>).filter(([, entries]) => entries.length > 0));
    };
    const path = (name: string): string => join(folder, name);
    expect(common({ read: [path('work'), path('home')], write: [path('work/out')] }, { read: [path('work/src/a'), path('home')], write: [path('work')] })).to.deep.equal({ read: [path('work/src/a'), path('home')], write: [path('work/out')] });
    expect(common({ read: [path('work')] }, { read: [path('work-other')], write: [path('work')] })).to.deep.equal({});
    expect(common({ env: ['MYAPP_*', 'HOME'], run: ['*'], services: ['a.b', 'c.d'] }, { env: ['MYAPP_A'], run: ['git', '/bin/sh'], services: ['c.d'] })).to.deep.equal({ env: ['MYAPP_A'], run: ['git', '/bin/sh'], services: ['c.d'] });
    expect(common({ net: ['*:443'] }, { net: ['*.example.org:*', 'other.org:80'] })).to.deep.equal({ net: ['*.example.org:443'] });
    expect(common({ run: ['/opt/*'] }, { run: ['/opt/tool'] })).to.deep.equal({});
  });

  it('is no address that one of two named by a pattern only', () => {
    const servers = ['10.0.0.5:443', '[::1]:443', 'localhost:443', '0x7f000001:443', '2130706433:443'];
    const common = (one: readonly string[], other: readonly string[]): readonly string[] => commonPermissions({ ...NOTHING, net: one }, { ...NOTHING, net: other }).net;
    expect(common(servers, ['*:443', '*:*'])).to.deep.equal([]);
    expect(common(['*:*'], servers)).to.deep.equal([]);
    expect(common(servers, servers)).to.deep.equal(servers);
    expect(common(['10.0.0.5:*'], ['10.0.0.5:443'])).to.deep.equal([]);
  });

  describe('where links are on the way', () => {
    const link = (target: string, path: string): void => { symlinkSync(target, path, 'junction'); };

    it('follows those of its user and of the system', () => {
      link(join(folder, 'outside'), join(places.home, 'documents'));
      link(places.workspace, join(folder, 'project'));
      expect(resolved({ read: ['~/documents'] }).read).to.deep.equal([join(folder, 'outside')]);
      expect(resolvePermissions({ read: ['$workspace'] }, [], { workspace: join(folder, 'project') }).read).to.deep.equal([places.workspace]);
    });

    it('grants nothing more for one in a granted folder that leads out of it', () => {
      for (const place of ['workspace', 'plugin', 'data'] as const) {
        link(join(folder, 'outside'), join(places[place], 'way'));
        expect(resolved({ read: [`$${place}/way`, `$${place}/way/secret.txt`, join(places[place], 'way')], write: [`$${place}/way/new.txt`, `$${place}/way`] }), place).to.deep.equal(NOTHING);
      }
    });

    it('grants nothing more for one that the plugin could have made in a folder that it may write', () => {
      mkdirSync(join(folder, 'shared'));
      link(join(folder, 'outside'), join(folder, 'shared/way'));
      const shared = join(folder, 'shared');
      expect(resolved({ read: [join(shared, 'way')], write: [shared] })).to.deep.equal({ ...NOTHING, write: [shared] });
      expect(resolved({ read: [join(shared, 'way')] }).read).to.deep.equal([join(folder, 'outside')]);
    });

    it('grants what one within the folder leads to', () => {
      writeFiles(folder, { 'work/real/a.txt': '' });
      link(join(places.workspace, 'real'), join(places.workspace, 'way'));
      expect(resolved({ read: ['$workspace/way/a.txt'] }).read).to.deep.equal([join(places.workspace, 'real/a.txt')]);
    });

    it('grants nothing for one that leads nowhere, or in a circle', () => {
      link(join(folder, 'none'), join(places.workspace, 'nowhere'));
      link(join(places.workspace, 'circle'), join(places.workspace, 'circle'));
      expect(resolved({ read: ['$workspace/nowhere', '$workspace/circle'], write: ['$workspace/nowhere', '$workspace/circle/x'] })).to.deep.equal(NOTHING);
    });
  });

  describe('on other systems', () => {
    /** A file system of these paths, and of links. */
    function systemOf(path: PathSystem['path'], entries: Readonly<Record<string, PathEntry>>): PathSystem {
      const at = new Map(Object.entries(entries).map(([name, entry]) => [name.toLowerCase(), { name, entry }]));
      return { path, ignoresCase: true, entryAt: (name) => at.get(name.toLowerCase())?.entry ?? 'missing', spelled: (name) => at.get(name.toLowerCase())?.name ?? name };
    }

    it('knows drives and shares of Windows, whatever their case', () => {
      const system = systemOf(win32, { 'C:\\Work': 'entry', 'C:\\Work\\Src': 'entry', 'C:\\Way': { target: 'D:\\Out' }, 'D:\\Out': 'entry', 'C:\\Work\\way': { target: 'D:\\Out' }, '\\\\server\\share\\x': 'entry' });
      const at = { workspace: 'c:\\work' };
      const read = (...entries: string[]): readonly string[] => resolvePermissions({ read: entries }, [], at, { system }).read;
      expect(read('$workspace/src')).to.deep.equal(['C:\\Work\\Src']);
      expect(read('$workspace', 'C:/WORK/src')).to.deep.equal(['C:\\Work']);
      expect(read('c:\\way')).to.deep.equal(['D:\\Out']);
      expect(read('$workspace/way', '/Work', 'C:\\Workshop', '\\\\server\\share\\y')).to.deep.equal([]);
      expect(read('\\\\server\\share\\x')).to.deep.equal(['\\\\server\\share\\x']);
      expect(resolvePermissions({ read: ['C:\\Work'] }, [{ read: ['c:\\WORK\\src'] }], at, { system }).read).to.deep.equal(['C:\\Work\\Src']);
      expect(resolvePermissions({ read: ['C:\\Work'] }, [{ read: ['D:\\Out'] }], at, { system }).read).to.deep.equal([]);
    });

    it('compares paths of macOS as its file system does', () => {
      const system = systemOf(posix, { '/Users': 'entry', '/Users/me': 'entry', '/Users/me/Work': 'entry' });
      expect(resolvePermissions({ read: ['$workspace'] }, [{ read: ['/users/ME'] }], { workspace: '/users/me/work' }, { system }).read).to.deep.equal(['/Users/me/Work']);
      expect(resolvePermissions({ read: ['C:\\Users'] }, [], {}, { system }).read).to.deep.equal([]);
    });
  });

  it('shows granted variables', () => {
    const env = { HOME: '/h', MYAPP_A: '1', MYAPP_B: undefined, OTHER: 'x', MYAPP: 'x' };
    expect(grantedVariables(['HOME', 'MYAPP_*'], env)).to.deep.equal({ HOME: '/h', MYAPP_A: '1' });
  });
});
