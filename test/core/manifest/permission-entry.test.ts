import { definePlugin } from '@structum/core';
import { manifestProblems } from '@structum/core/manifest';
import { expect } from 'chai';
import { describePlugin } from '#internal/core/manifest/describe.js';
import { entryProblem, netEntry, PERMISSION_KINDS, type PermissionKind } from '#internal/core/manifest/permission-entry.js';
import { failure } from '../../support/errors.js';

describe('the entries of permissions', () => {
  const VALID: Readonly<Record<PermissionKind, readonly string[]>> = {
    read: ['$workspace', '$plugin/templates', '$data/a/b/', '/usr/share/dict', '/', '~', '~/.config/x', 'C:\\Data', 'c:/data', '\\\\server\\share\\x', '$workspace/.git', '/a/..b'],
    write: ['$data', '/var/tmp/x'],
    net: ['example.org:443', '*.example.org:443', '127.0.0.1:80', '[::1]:8080', '[2001:db8::1]:443', 'localhost:*', '*:443', 'EXAMPLE.org:443', 'münchen.example:443', 'a_b.example:1'],
    env: ['HOME', '_X', 'MYAPP_*', 'ProgramFiles(x86)'],
    run: ['git', 'x-y_z.1', '/usr/bin/git', 'C:\\Program Files\\git.exe', '*'],
    services: ['structum.registry', 'a'],
  };
  for (const kind of PERMISSION_KINDS) {
    it(`may be, of ${kind}: ${VALID[kind].join(' ')}`, () => {
      for (const entry of VALID[kind]) expect(entryProblem(kind, entry), entry).to.equal(undefined);
    });
  }

  const WRONG: readonly (readonly [PermissionKind, string, string])[] = [
    ['read', 'src', '"$workspace/src"'], ['read', './src', '"$workspace/src"'], ['read', '', 'empty'], ['read', '$workspace/../x', '".."'], ['read', '/a/../b', '".."'], ['read', 'C:\\a\\..\\b', '".."'],
    ['read', '$workspce', '"$workspace" may be meant'], ['read', '$home', '$workspace, $plugin, $data'], ['write', '$temp', 'begins with no place'], ['read', '$workspacex', 'begins with no place'], ['read', '$workspace\\x', '"$workspace/sub/path"'],
    ['read', '$workspace//x', 'is no path'], ['read', '$workspace/*.md', 'wildcard'], ['read', '~root/x', 'names no home'], ['read', '\\\\?\\C:\\x', 'is not absolute'], ['read', '//server/x', 'is not absolute'],
    ['read', 'C:x', 'is not absolute'], ['read', 'C:\\x:stream', 'is not absolute'], ['write', '$data\n', 'control characters'], ['write', ' $data', 'spaces'], ['write', '/a\0b', 'control characters'], ['read', '$', 'begins with no place'],
    ['net', 'https://example.org/x', '"example.org:443"'], ['net', 'http://example.org', '"example.org:80"'], ['net', 'https://example.org:8443/x', '"example.org:8443"'], ['net', 'example.org', '"example.org:443"'],
    ['net', 'example.org:0', 'no host and port'], ['net', 'example.org:65536', 'no host and port'], ['net', 'a.*.org:443', 'no host and port'], ['net', '*example.org:443', 'no host and port'], ['net', '::1:443', 'no host and port'], ['net', 'a..b:1', 'no host and port'],
    ['net', 'user@host:1', 'no host and port'],
    ['env', '*', 'all variables'], ['env', '$HOME', 'without "$"'], ['env', 'A=B', 'no name'], ['env', 'A*B', 'no name'],
    ['run', 'git log', '"git"'], ['run', './x', 'no program'], ['run', 'bin/x', 'no program'], ['run', 'g*', 'no program'], ['run', '/bin/../x', '".."'],
    ['services', 'a b', 'no id'],
  ];
  for (const [kind, entry, problem] of WRONG) {
    it(`cannot be, of ${kind}: ${JSON.stringify(entry)}`, () => { expect(entryProblem(kind, entry)).to.contain(problem); });
  }

  it('are checked when a manifest is made, and when it is read', async () => {
    const permissions = { read: ['src', '$workspace'], net: ['https://example.org'] };
    const { details } = await failure('PLUGIN_INVALID', () => describePlugin(definePlugin({ name: 'a', description: 'A', permissions }), []));
    expect(details?.['problems']).to.deep.equal([
      'the permission read "src" is not absolute: write "$workspace/src" or "$plugin/…"', 'the permission net "https://example.org" is a URL: write "example.org:443"',
    ]);
    const manifest = describePlugin(definePlugin({ name: 'a', description: 'A' }), []);
    expect(manifestProblems({ ...manifest, permissions })).to.have.length(2);
    expect(manifestProblems(manifest)).to.deep.equal([]);
  });

  it('name hosts in lower case, and ports as numbers', () => {
    expect(netEntry('API.Example.org:0443')).to.deep.equal({ host: 'api.example.org', port: '443' });
    expect(netEntry('[::1]:80')).to.deep.equal({ host: '::1', port: '80' });
  });
});
