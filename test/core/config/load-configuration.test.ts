import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definePlugin, defineSettings, Structum, StructumError, type ConfigSources, type ProjectTrust, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const SETTINGS = defineSettings({
  theme: { description: 'Theme', default: 'default' },
  depth: { description: 'Depth', type: 'integer' },
  hosts: { description: 'Hosts', type: 'array', items: { type: 'string' } },
  program: { description: 'What to run', trusted: true },
  token: { description: 'A token', secret: true },
});

describe('a configuration from several sources', () => {
  let folder: string;
  let global: string;
  let project: string;
  let warnings: string[];

  beforeEach(() => {
    folder = temporaryFolder();
    global = join(folder, 'home');
    project = join(folder, 'project');
    writeFiles(project, { '.git/HEAD': '' });
    warnings = [];
  });

  /** What a plugin named `tree` sees. */
  async function seen(configSources: ConfigSources, { isTrusted = true, isDescribed = true, ...options }: StructumOptions & { isTrusted?: boolean; isDescribed?: boolean } = {}): Promise<Record<string, unknown>> {
    let found: unknown;
    const tree = definePlugin({ name: 'tree', version: '1.0.0', description: 'x', ...(isDescribed ? { settings: SETTINGS } : {}), onActivate: ({ config }) => { found = config; } });
    await using structum = await Structum.create({
      plugins: [tree], configSources: { global, project, ...configSources }, ...options,
      config: { ...options.config, plugin_policy: { trusted_projects: isTrusted ? [project] : [] } },
      on: { warning: ({ error }) => { if (StructumError.is(error)) warnings.push(`${error.code} ${error.message}`); } },
    });
    await structum.activate('tree');
    return { ...(found as object) };
  }

  const yaml = (text: string): string => `plugins:\n  tree:\n    ${text}\n`;

  it('has what the strongest layer says, each setting for itself', async () => {
    writeFiles(global, { 'config.yaml': yaml('{ theme: global, depth: 1, hosts: [a, b] }'), 'config.test.yaml': yaml('depth: 2') });
    writeFiles(project, { '.structum.json': '{"plugins":{"tree":{"depth":3}}}', '.structum.test.yaml': yaml('hosts: [c]'), '.structum.local.yaml': yaml('depth: 5') });
    writeFiles(folder, { 'extra.yaml': yaml('depth: 6') });
    expect(await seen({})).to.deep.include({ theme: 'global', depth: 5, hosts: ['a', 'b'] });
    expect(await seen({ environment: 'test' })).to.deep.include({ theme: 'global', depth: 5, hosts: ['c'] });
    const file = join(folder, 'extra.yaml');
    expect(await seen({ file })).to.deep.include({ depth: 6 });
    const variables = { STRUCTUM_PLUGINS__TREE__DEPTH: '7', STRUCTUM_PLUGINS__TREE__HOSTS: 'd,e' };
    expect(await seen({ file, variables })).to.deep.include({ depth: 7, hosts: ['d', 'e'] });
    expect(await seen({ file, variables, set: ['plugins.tree.depth=8'] })).to.deep.include({ depth: 8 });
    expect(await seen({ file, variables, set: ['plugins.tree.depth=8'] }, { config: { plugins: { tree: { depth: 9 } } } })).to.deep.include({ depth: 9 });
  });

  it('falls back on the default where a layer says null', async () => {
    writeFiles(global, { 'config.yaml': yaml('theme: global') });
    writeFiles(project, { '.structum.yaml': yaml('theme: null') });
    expect(await seen({})).to.include({ theme: 'default' });
  });

  it('refuses what does not fit, wherever it is said', async () => {
    const { details } = await failure('CONFIG_INVALID', seen({ variables: { STRUCTUM_PLUGINS__TREE__DEPTH: 'deep' } }));
    expect(details?.['problems']).to.deep.equal([{ path: 'plugins.tree.depth', problem: 'must be an integer', rule: 'type', value: 'deep', origin: { layer: 'variable', source: '$STRUCTUM_PLUGINS__TREE__DEPTH' } }]);
  });

  it('says which variable, or option, is wrong in the core\'s own sections', async () => {
    const { details, message } = await failure('CONFIG_INVALID', seen({ variables: { STRUCTUM_CONFIG__UNKNOWN_KEYS: 'maybe' } }));
    expect(details?.['problems']).to.deep.equal([{ path: 'config.unknown_keys', problem: 'must be one of warn, strict', origin: { layer: 'variable', source: '$STRUCTUM_CONFIG__UNKNOWN_KEYS' } }]);
    expect(message).to.contain('$STRUCTUM_CONFIG__UNKNOWN_KEYS: ');
    expect((await failure('CONFIG_INVALID', seen({ set: ['secrets.allow_exec=5'] }))).message).to.contain('--set: ');
  });

  it('tells of all files that cannot be used', async () => {
    writeFiles(global, { 'config.yaml': 'a: [', 'config.test.yaml': 'config: { unknown_keys: maybe }\nplugin_policy: 5\n' });
    writeFiles(project, { '.structum.json': '{' });
    const { details, message, hint } = await failure('CONFIG_UNUSABLE', seen({ environment: 'test' }));
    expect((details?.['problems'] as readonly { readonly code: string }[]).map(({ code }) => code)).to.deep.equal(Array.from({ length: 4 }, () => 'CONFIG_FILE_INVALID'));
    expect(message).to.contain(join(global, 'config.yaml')).and.contain('unknown_keys').and.contain('plugin_policy').and.contain(join(project, '.structum.json'));
    expect(hint).to.equal('Correct the file; nothing of it is used until then.');
    writeFiles(global, { 'config.yaml': '', 'config.test.yaml': '' });
    await failure('CONFIG_FILE_INVALID', seen({ environment: 'test' }));
  });

  describe('what a layer says for plugins that are no settings by name', () => {
    const FLAWS: readonly (readonly [string, string, object])[] = [
      ['plugins:\n  tree: oops\n', 'plugins.tree', { line: 2, column: 3, problem: 'must hold settings, as "name: value"' }],
      ['plugins:\n  tree: [1]\n', 'plugins.tree', { line: 2, column: 3, problem: 'must hold settings, as "name: value"' }],
      ['a: 1\nplugins: oops\n', 'plugins', { line: 2, column: 1, problem: 'must hold the settings of plugins, by their names' }],
    ];

    it('is an error with its place, also where it was read before', async () => {
      for (const [text, path, place] of FLAWS) {
        writeFiles(global, { 'config.yaml': text });
        for (let time = 0; time < 2; time += 1) {
          const { details } = await failure('CONFIG_FILE_INVALID', seen({ cache: join(folder, 'cache') }));
          expect(details?.['problems']).to.deep.equal([{ ...place, path }]);
        }
      }
    });

    it('takes nothing away of what weaker layers say where it costs a notice', async () => {
      writeFiles(global, { 'config.yaml': yaml('theme: global') });
      for (const [text] of FLAWS) {
        writeFiles(project, { '.structum.yaml': text });
        expect(await seen({}, { configProblems: 'warn' })).to.deep.equal({ theme: 'global' });
        expect(await seen({}, { isTrusted: false })).to.deep.equal({ theme: 'global' });
      }
      expect(warnings.filter((warning) => warning.startsWith('CONFIG_FILE_INVALID'))).to.have.length(FLAWS.length * 2);
    });

    it('is an error where it is no file', async () => {
      for (const assignment of ['plugins.tree=oops', 'plugins=oops']) await failure('CONFIG_OVERRIDE_INVALID', seen({ set: [assignment] }));
      for (const plugins of [[1], 'oops', { tree: 'oops' }, { tree: [1] }]) await failure('CONFIG_INVALID', Structum.create({ config: { plugins } }));
      await using structum = await Structum.create();
      for (const plugins of ['oops', { tree: 1 }]) await failure('CONFIG_INVALID', structum.configure({ plugins }));
    });
  });

  it('tells of environment variables that set nothing', async () => {
    await seen({ variables: { STRUCTUM_PLUGIN__TREE__THEME: 'x' } });
    expect(warnings).to.have.length(1).and.match(/CONFIG_VARIABLE_UNKNOWN/);
  });

  describe('of a project that nobody trusts', () => {
    it('counts as far as it fits: no folder of somebody else keeps a plugin from working', async () => {
      writeFiles(global, { 'config.yaml': yaml('depth: 1') });
      writeFiles(project, { '.structum.yaml': yaml('{ depth: deep, theme: theirs }') });
      expect(await seen({}, { isTrusted: false })).to.include({ depth: 1, theme: 'theirs' });
      expect(warnings).to.have.length(1).and.match(/CONFIG_IGNORED .*plugins\.tree\.depth is ignored: plugins\.tree\.depth must be an integer\./);
      await failure('CONFIG_INVALID', seen({}));
    });

    it('has what the plugin describes, and does not leave to its user', async () => {
      writeFiles(project, { '.structum.yaml': yaml('{ theme: project, program: rm, other: 1 }') });
      expect(await seen({}, { isTrusted: false })).to.deep.equal({ theme: 'project' });
      expect(warnings).to.deep.equal([
        `CONFIG_IGNORED What ${join(project, '.structum.yaml')} says of plugins.tree.program is ignored: its project is not trusted.`,
        `CONFIG_KEY_UNKNOWN Nothing knows the setting plugins.tree.other in ${join(project, '.structum.yaml')}: it has no effect.`,
      ]);
    });

    it('has nothing for a plugin that describes no settings', async () => {
      writeFiles(global, { 'config.yaml': yaml('theme: global') });
      writeFiles(project, { '.structum.local.yaml': yaml('theme: project') });
      expect(await seen({}, { isTrusted: false, isDescribed: false })).to.deep.equal({ theme: 'global' });
      expect(warnings).to.have.length(1).and.match(/CONFIG_IGNORED/);
    });

    it('costs a notice where a file of it cannot be used', async () => {
      writeFiles(project, { '.structum.yaml': 'a: [', '.structum.local.yaml': yaml('theme: local') });
      expect(await seen({}, { isTrusted: false })).to.deep.equal({ theme: 'local' });
      expect(warnings).to.have.length(1).and.match(/CONFIG_FILE_INVALID/);
    });

    it('costs a notice where one of its layers has two files: neither counts', async () => {
      writeFiles(project, { '.structum.yaml': yaml('theme: one'), '.structum.json': '{"plugins":{"tree":{"theme":"two"}}}', '.structum.local.yaml': yaml('depth: 3') });
      expect(await seen({}, { isTrusted: false })).to.deep.equal({ theme: 'default', depth: 3 });
      expect(warnings).to.have.length(1).and.match(/CONFIG_AMBIGUOUS/);
      await failure('CONFIG_AMBIGUOUS', seen({}));
    });
  });

  it('has what the project says below its own folder, also where something is added there', async () => {
    writeFiles(project, { '.structum.yaml': yaml('{ program: make, depth: 8, theme: root }'), 'x/.structum.local.yaml': yaml('depth: 9'), 'x/.structum.test.yaml': yaml('theme: test') });
    const within = { project: join(project, 'x') };
    expect(await seen(within)).to.include({ program: 'make', depth: 9, theme: 'root' });
    expect(await seen({ ...within, environment: 'test' })).to.include({ depth: 9, theme: 'test' });
    writeFiles(project, { 'x/.structum.local.yaml': yaml('program: rm') });
    await seen(within, { isTrusted: false, trustProject: (candidate) => candidate !== project });
    expect(warnings).to.have.length(2);
  });

  describe('of a project that its host vouches for', () => {
    beforeEach(() => {
      writeFiles(project, { '.structum.yaml': yaml('{ program: make }'), 'src/x': '' });
    });

    it('counts as if its user trusted it', async () => {
      const asked: string[] = [];
      const trustProject = (candidate: string): Promise<boolean> => { asked.push(candidate); return Promise.resolve(true); };
      expect(await seen({ project: join(project, 'src') }, { isTrusted: false, trustProject })).to.include({ program: 'make' });
      expect([asked, warnings]).to.deep.equal([[project], []]);
    });

    it('counts for no answer but true, and for no failure', async () => {
      const answers: readonly (() => unknown)[] = [() => false, () => 'yes', () => undefined, () => { throw new Error('no'); }, () => Promise.reject(new Error('no'))];
      for (const answer of answers) {
        expect(await seen({}, { isTrusted: false, trustProject: answer as ProjectTrust })).not.to.have.property('program');
        expect(warnings.splice(0)).to.have.length(1).and.match(/CONFIG_IGNORED/);
      }
    });

    it('leaves the user\'s own word as it is', async () => {
      expect(await seen({}, { trustProject: () => false })).to.include({ program: 'make' });
    });

    it('is asked for anew each time that files are read', async () => {
      let isTrusted = false;
      const tree = definePlugin({ name: 'tree', version: '1.0.0', description: 'x', settings: SETTINGS });
      await using structum = await Structum.create({ plugins: [tree], configSources: { project }, trustProject: () => isTrusted });
      const changes: unknown[] = [];
      structum.on('config:changed', ({ changed }) => { changes.push(...changed); });
      isTrusted = true;
      await structum.configure({});
      expect(changes).to.deep.equal(['plugins.tree.program']);
    });
  });

  it('fails because of a file that cannot be used, unless its host goes on without', async () => {
    for (const [files, code] of [[{ 'config.yaml': 'a: 1\na: 2' }, 'CONFIG_FILE_INVALID'], [{ 'config.yaml/x': '' }, 'CONFIG_UNREADABLE']] as const) {
      global = temporaryFolder();
      writeFiles(global, files);
      await failure(code, seen({}));
      expect(await seen({}, { configProblems: 'warn' })).to.deep.equal({ theme: 'default' });
      expect(warnings.splice(0)).to.have.length(1).and.match(new RegExp(code));
    }
  });

  it('is remembered, so that no file is parsed twice, and is what files say all the same', async () => {
    const cache = join(folder, 'cache');
    writeFiles(global, { 'config.yaml': yaml('{ theme: one }') });
    for (let run = 0; run < 2; run += 1) expect(await seen({ cache })).to.include({ theme: 'one' });
    expect(readdirSync(cache)).to.have.length(1);
    expect(readFileSync(join(cache, readdirSync(cache)[0] ?? ''), 'utf8')).not.to.contain('"theme":"one"');
    writeFiles(global, { 'config.yaml': yaml('theme: two') });
    expect(await seen({ cache })).to.include({ theme: 'two' });
  });

  it('needs no folder to be there, and no cache that can be written', async function () {
    writeFiles(global, { 'config.yaml': yaml('theme: one') });
    mkdirSync(join(folder, 'closed'));
    if (process.platform !== 'win32') chmodSync(join(folder, 'closed'), 0o500);
    expect(await seen({ project: join(folder, 'none'), cache: join(folder, 'closed/cache') })).to.include({ theme: 'one' });
  });
});
