import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { commandLineLayer } from '#internal/core/config/layers/command-line-layer.js';
import { DataLayer } from '#internal/core/config/layers/data-layer.js';
import { readPolicyFile } from '#internal/core/config/policy-file.js';
import { policyOf } from '#internal/core/config/policy-of-layer.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder } from '../../support/folder.js';

describe('a policy file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'config.yaml');
  });

  const read = (text: string | Uint8Array): Promise<unknown> => {
    writeFileSync(file, text);
    return readPolicyFile(file, { home: '/home/ada', cwd: folder });
  };
  const problemsOf = async (text: string): Promise<readonly string[]> => {
    const { details } = await failure('CONFIG_FILE_INVALID', read(text));
    return (details?.problems as { line: number; path?: string; problem: string }[]).map(({ line, path = '', problem }) => `${String(line)} ${path} ${problem}`);
  };

  it('need not be there, nor say anything', async () => {
    expect(await readPolicyFile(file, { home: undefined, cwd: folder })).to.equal(undefined);
    expect(await readPolicyFile(join(file, 'below'), { home: undefined, cwd: folder })).to.equal(undefined);
    for (const text of ['', '# nothing yet\n', '---\n', '{}', 'plugin_policy:\n', 'plugin_policy: {}', 'plugin_policy:\n  enabled:\n  # tree: false\n', 'editor: vi\n']) {
      expect(await read(text), text).to.deep.equal({});
    }
  });

  it('says which plugins are enabled, where others are, what commands are called, and whom to trust', async () => {
    expect(await read([
      '\uFEFF# mine', 'plugin_policy:', '  enabled: { tree: false, acme/search: true }', '  folders: [~/plugins, ./here, /there, ./here]',
      '  aliases: { t: tree }', '  renames:', '    other: { tree: other tree }', '  trusted_projects:', '    - "~"', '',
    ].join('\r\n'))).to.deep.equal({
      enabled: { tree: false, 'acme/search': true },
      folders: ['/home/ada/plugins', join(folder, 'here'), '/there'],
      aliases: { t: 'tree' },
      renames: { other: { tree: 'other tree' } },
      trusted_projects: ['/home/ada'],
    });
  });

  it('is told with the line of everything that is wrong', async () => {
    expect(await problemsOf([
      '# mine', 'plugin_policy:', '  enable: { tree: false }', '  enabled:', '    tree: no', '    "Not A Name": true', '  folders: plugins',
      '  aliases: { "T": tree }', '  renames: { other: 1 }', '  trusted_projects: [ok, 7]', '',
    ].join('\n'))).to.deep.equal([
      '3 plugin_policy.enable is not known; there are enabled, folders, aliases, renames, trusted_projects, executor',
      '5 plugin_policy.enabled.tree must be true or false',
      '6 plugin_policy.enabled."Not A Name" cannot name a plugin',
      '7 plugin_policy.folders must be a list of folders',
      '8 plugin_policy.aliases.T cannot name a command',
      '9 plugin_policy.renames.other must hold settings, as "name: value"',
      '10 plugin_policy.trusted_projects must hold paths of folders, which its item 2 is not',
    ]);
  });

  it('is told with the line where it is no YAML', async () => {
    const error = await failure('CONFIG_FILE_INVALID', read('a: 1\nb: [1,\nc: 2\n'));
    expect(error.exitCode).to.equal(2);
    expect(error.message).to.contain(`${file}:3:1: `);
    expect((await problemsOf('a: 1\nb: 2\na: 3\n'))[0]).to.match(/^3 .*duplicated/);
    expect((await problemsOf('a: 1\n\tb: 2\n'))[0]).to.match(/^[12] /);
    expect(await problemsOf('a: 1\n---\nb: 2\n')).to.deep.equal(['2  holds more than one document']);
    for (const text of ['- a\n', 'text\n', '7\n']) expect((await problemsOf(text))[0], text).to.match(/holds no settings/);
  });

  it('cannot explode, lead into itself, or reach into every object', async () => {
    const bomb = ['a0: &a0 [x]', ...Array.from({ length: 12 }, (_, level) => `a${String(level + 1)}: &a${String(level + 1)} [${Array.from({ length: 10 }, () => `*a${String(level)}`).join(', ')}]`)];
    expect((await problemsOf(bomb.join('\n')))[0]).to.match(/too many values/);
    expect((await problemsOf('plugin_policy: &p\n  renames: *p\n'))[0]).to.match(/leads into itself/);
    expect((await problemsOf('__proto__: { polluted: true }\n'))[0]).to.match(/__proto__/);
    expect((await problemsOf('plugin_policy:\n  renames: { a: { __proto__: x } }\n'))[0]).to.match(/__proto__/);
    expect((await problemsOf(`a: ${'['.repeat(100_000)}`))[0]).to.be.a('string');
    expect((await problemsOf('plugin_policy: { enabled: { constructor: false } }\n'))[0]).to.match(/constructor/);
    expect(await read('plugin_policy: { enabled: { tostring: true } }')).to.deep.equal({ enabled: { tostring: true } });
  });

  it('must be a file of text in UTF-8 of no more than 10 MB', async () => {
    mkdirSync(join(folder, 'sub'));
    expect((await failure('CONFIG_UNREADABLE', readPolicyFile(join(folder, 'sub'), { home: undefined, cwd: folder }))).message).to.contain('it is a folder');
    expect((await failure('CONFIG_UNREADABLE', read(Buffer.from([0x61, 0xff, 0xfe])))).message).to.contain('UTF-8');
    expect((await failure('CONFIG_UNREADABLE', read(`# ${'x'.repeat(10 * 1024 * 1024)}`))).message).to.contain('larger than 10 MB');
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect((await failure('CONFIG_UNREADABLE', readPolicyFile(join(folder, 'pipe'), { home: undefined, cwd: folder }))).message).to.contain('it is no file');
  });

  it('has no home for "~/" where there is none', async () => {
    writeFileSync(file, 'plugin_policy: { folders: [~/plugins] }');
    await failure('CONFIG_FILE_INVALID', readPolicyFile(file, { home: undefined, cwd: folder }));
  });
});

describe('a policy that a host is given', () => {
  it('names folders absolutely', async () => {
    const given = (plugin_policy: object): ReturnType<typeof policyOf> => policyOf(new DataLayer('host', { plugin_policy }), { home: '/home/ada', cwd: '/' });
    expect((await given({ folders: ['/there'], enabled: { tree: false } })).policy).to.deep.equal({ folders: ['/there'], enabled: { tree: false } });
    const { policy, error } = await given({ folders: ['here'] });
    expect(policy).to.deep.equal({});
    expect([error?.code, error?.details?.['problems']]).to.deep.equal(['CONFIG_INVALID', [{ path: 'plugin_policy.folders', problem: 'must hold paths of folders, which its item 1 is not' }]]);
  });
});

describe('a policy on a command line', () => {
  it('names folders from where it is written, and has the types that settings of a policy have', async () => {
    const layer = commandLineLayer(['plugin_policy.enabled.tree=no', 'plugin_policy.folders=here,~/there', 'plugin_policy.aliases.t=tree']);
    expect((await policyOf(layer, { home: '/home/ada', cwd: join('/', 'work') })).policy).to.deep.equal({
      enabled: { tree: false }, folders: [join('/', 'work/here'), join('/home/ada', 'there')], aliases: { t: 'tree' },
    });
  });
});
