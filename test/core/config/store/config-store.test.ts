import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigService, definePlugin, defineSettings, Structum, type ConfigSources, type ConfigStore, type PluginClass } from '@structum/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

const tree = definePlugin({
  name: 'tree', version: '1.0.0', description: 'Draws',
  settings: defineSettings({
    theme: { description: 'Theme', default: 'unicode', enum: ['unicode', 'ascii'] },
    depth: { description: 'Depth', type: 'integer', minimum: 1 },
    colors: { description: 'Colours', type: 'object', additionalProperties: { type: 'string' } },
    hosts: { description: 'Hosts', type: 'array', items: { type: 'string' } },
    token: { description: 'A token', secret: true },
    program: { description: 'What to run', trusted: true },
    old: { description: 'Old', deprecated: 'use theme' },
  }),
});
const open = definePlugin({ name: 'open', version: '1.0.0', description: 'Takes anything' });
const nested = definePlugin({
  name: 'nested', version: '1.0.0', description: 'Nests',
  settings: defineSettings({ server: { description: 'Where', type: 'object', additionalProperties: { type: 'object', properties: { host: { type: 'string' }, port: { type: 'integer' } }, required: ['host'], additionalProperties: false } } }),
});
const lists = definePlugin({
  name: 'lists', version: '1.0.0', description: 'Has lists',
  settings: defineSettings({
    servers: { description: 'Servers', type: 'array', items: { type: 'object', properties: { host: { type: 'string' }, port: { type: 'integer' } }, additionalProperties: false } },
    groups: { description: 'Groups', type: 'object', properties: { tags: { type: 'array', items: { type: 'string' } }, most: { type: 'integer' } }, additionalProperties: false },
  }),
});
const needy = definePlugin({ name: 'needy', version: '1.0.0', description: 'Needs something', settings: defineSettings({ url: { description: 'Where', required: true } }) });

describe('the configuration of a host, as it can be asked for', () => {
  let folder: string;
  let global: string;
  let project: string;

  beforeEach(() => {
    folder = temporaryFolder();
    global = join(folder, 'home');
    project = join(folder, 'project');
    writeFiles(project, { '.git/HEAD': '' });
  });

  /** Asks a host's configuration. */
  async function ask<Answer>(question: (config: ConfigStore) => Promise<Answer>, sources: ConfigSources = {}, isTrusted = true, env: Readonly<Record<string, string>> = {}, more: readonly PluginClass[] = []): Promise<Answer> {
    let store: ConfigStore | undefined;
    const asking = definePlugin({ name: 'asking', version: '1.0.0', description: 'Asks', permissions: { services: ['structum.config'] }, onActivate: (context) => { store = context.service(ConfigService); } });
    await using structum = await Structum.create({
      plugins: [tree, open, needy, ...more, asking], env, configSources: { global, project, ...sources }, configProblems: 'warn',
      config: { plugin_policy: { trusted_projects: isTrusted ? [project] : [] } },
    });
    await structum.activate('asking');
    if (store === undefined) throw new Error('There is none');
    return await question(store);
  }

  const globalFile = (): string => join(global, 'config.yaml');
  const projectFile = (): string => join(project, '.structum.yaml');

  it('does not show what nothing knows, which may be a mistyped secret, until somebody asks for that', async () => {
    const text = 'plugins:\n  tree: { tokn: hunter22, theme: ascii }\n  absent: { a: hunter22, b: "${env:A}x" }\n  open: { any: thing }\nplugin: { a: hunter22 }\n';
    writeFiles(global, { 'config.yaml': text });
    const listed = async (reveal: boolean): Promise<Record<string, unknown>> => Object.fromEntries((await ask((config) => config.list({ reveal }))).map(({ key, value }) => [key, value]));
    const keys = ['plugins.tree.tokn', 'plugins.absent.a', 'plugin.a'];
    expect(await listed(false)).to.deep.include({ ...Object.fromEntries(keys.map((key) => [key, '[redacted]'])), 'plugins.absent.b': '${env:A}[redacted]', 'plugins.tree.theme': 'ascii', 'plugins.open.any': 'thing' });
    expect(await listed(true)).to.deep.include(Object.fromEntries(keys.map((key) => [key, 'hunter22'])));
    expect(JSON.stringify(await ask((config) => config.get('plugins')))).not.to.contain('hunter22');
  });

  describe('#get and #explain', () => {
    it('tell the value that counts, where it stands, and every layer\'s word, the weakest first', async () => {
      writeFiles(global, { 'config.yaml': '# mine\nplugins:\n  tree:\n    depth: 1\n    theme: ascii\n' });
      writeFiles(project, { '.structum.yaml': 'plugins:\n  tree: { depth: 2 }\n' });
      const sources = { variables: { STRUCTUM_PLUGINS__TREE__DEPTH: '3' }, set: ['plugins.tree.depth=4'] };
      const explained = await ask((config) => config.explain('plugins.tree.depth'), sources);
      expect(explained).to.deep.include({ key: 'plugins.tree.depth', value: 4, isSecret: false, origin: { layer: 'command-line', source: '--set' } });
      expect(explained.voices).to.deep.equal([
        { layer: 'global', file: globalFile(), line: 4, column: 5, value: 1, effect: 'overridden' },
        { layer: 'project', file: projectFile(), line: 2, column: 11, value: 2, effect: 'overridden' },
        { layer: 'variable', source: '$STRUCTUM_PLUGINS__TREE__DEPTH', value: 3, effect: 'overridden' },
        { layer: 'command-line', source: '--set', value: 4, effect: 'counts' },
      ]);
      expect(await ask((config) => config.get('plugins.tree.theme'))).to.deep.include({ value: 'ascii', origin: { layer: 'global', file: globalFile(), line: 5, column: 5 } });
    });

    it('tell the default, what null takes away, and what nobody says', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { theme: ascii } }' });
      writeFiles(project, { '.structum.yaml': 'plugins: { tree: { theme: null } }' });
      const { value, voices } = await ask((config) => config.explain('plugins.tree.theme'));
      expect(value).to.equal('unicode');
      expect(voices.map(({ layer, effect }) => [layer, effect])).to.deep.equal([['default', 'counts'], ['global', 'overridden'], ['project', 'counts']]);
      expect(await ask((config) => config.get('plugins.tree.hosts'))).not.to.have.any.keys('value', 'origin');
    });

    it('refuse what nothing knows and nobody sets, with what may have been meant, as #list does', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { absent: { x: 1 } }' });
      for (const [key, suggestion] of [['plugins.tre.theme', 'plugins.tree.theme'], ['plugin', 'plugins'], ['plugins.tree.them', 'plugins.tree.theme'], ['config.unknown_key', 'config.unknown_keys']] as const) {
        for (const question of [(config: ConfigStore) => config.get(key), (config: ConfigStore) => config.explain(key), (config: ConfigStore) => config.list({ prefix: key })]) {
          expect((await failure('CONFIG_KEY_UNKNOWN', ask<unknown>(question))).details?.['suggestions']).to.include(suggestion);
        }
      }
      for (const key of ['plugins', 'plugins.absent.x', 'plugins.open.x', 'plugins.tree.colors.a', 'plugin_policy.enabled.tree', 'plugins.tree.hosts']) await ask((config) => config.get(key));
    });

    it('tell of all plugins what they see, as of each', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { depth: 2 }, open: { a: 1 } }' });
      const all = (await ask((config) => config.get('plugins'))).value;
      expect(all).to.deep.equal({ tree: (await ask((config) => config.get('plugins.tree'))).value, open: { a: 1 } });
      expect(all).to.deep.include({ tree: { theme: 'unicode', depth: 2 } });
    });

    it('tell of a mapping who says something of it', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { colors: { a: red, b: blue } } }' });
      writeFiles(project, { '.structum.yaml': 'plugins: { tree: { colors: { b: green } } }' });
      const { value, voices } = await ask((config) => config.explain('plugins.tree.colors'));
      expect(value).to.deep.equal({ a: 'red', b: 'green' });
      expect(voices.map(({ effect }) => effect)).to.deep.equal(['counts', 'counts']);
    });

    it('follow the items of lists, which one layer gives as a whole', async () => {
      writeFiles(global, { 'config.yaml': 'plugins:\n  lists:\n    servers:\n      - { host: a, port: 1 }\n      - { host: b }\n  open: { any: [[1, 2]] }\n' });
      const explain = (key: string, set: readonly string[] = []): ReturnType<ConfigStore['explain']> => ask((config) => config.explain(key), { set }, true, {}, [lists]);
      expect(await explain('plugins.lists.servers[0].port')).to.deep.include({ value: 1, voices: [{ layer: 'global', file: globalFile(), line: 4, column: 20, value: 1, effect: 'counts' }] });
      expect((await explain('plugins.lists.servers[1]')).value).to.deep.equal({ host: 'b' });
      expect((await explain('plugins.open.any[0][1]')).value).to.equal(2);
      const replaced = await explain('plugins.lists.servers[0]', ['plugins.lists.servers=[{"port":2}]']);
      expect([replaced.value, replaced.voices.map(({ layer, effect }) => [layer, effect])]).to.deep.equal([{ port: 2 }, [['global', 'overridden'], ['command-line', 'counts']]]);
      expect(await explain('plugins.lists.servers[2].port')).not.to.have.property('value');
      const { details } = await failure('CONFIG_KEY_UNKNOWN', explain('plugins.lists.servers.0.port'));
      expect(details?.['suggestions']).to.deep.equal(['plugins.lists.servers[0]']);
      await failure('CONFIG_KEY_UNKNOWN', explain('plugins.lists.servers[0].prot'));
    });

    it('tell what of a project is ignored that nobody trusts', async () => {
      writeFiles(project, { '.structum.yaml': 'plugins: { tree: { program: rm, theme: ascii, depth: 0, them: x }, open: { a: 1 } }\nplugin_policy: { enabled: { tree: true, open: false }, trusted_projects: [.] }\nconfig: { unknown_keys: maybe }' });
      const effects = async (key: string): Promise<unknown> => (await ask((config) => config.explain(key), {}, false)).voices.map(({ layer, effect, ignored = effect }) => [layer, ignored]);
      expect(await effects('plugins.tree.program')).to.deep.equal([['project', 'untrusted']]);
      expect(await effects('plugins.tree.theme')).to.deep.equal([['default', 'overridden'], ['project', 'counts']]);
      expect(await effects('plugin_policy.enabled.tree')).to.deep.equal([['project', 'untrusted']]);
      expect(await effects('plugins.open.a')).to.deep.equal([['project', 'untrusted']]);
      expect(await effects('plugins.tree.depth')).to.deep.equal([['project', 'unfit']]);
      expect(await effects('plugins.tree.them')).to.deep.equal([['project', 'unknown']]);
      expect(await effects('config.unknown_keys')).to.deep.equal([['default', 'counts'], ['project', 'unfit']]);
      expect(await effects('plugin_policy.trusted_projects')).to.deep.equal([['project', 'user'], ['host', 'counts']]);
      expect(await effects('plugin_policy.enabled.open')).to.deep.equal([['project', 'counts']]);
    });

    it('hide secrets, unless asked to reveal them', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { token: hunter2 } }' });
      for (const said of [await ask((config) => config.explain('plugins.tree.token')), await ask((config) => config.list()), await ask((config) => config.get('plugins.tree'))]) {
        expect(JSON.stringify(said)).not.to.contain('hunter2');
      }
      expect(await ask((config) => config.get('plugins.tree.token', { reveal: true }))).to.include({ value: 'hunter2', isSecret: true });
    });
  });

  it('#list tells everything that somebody describes or sets', async () => {
    writeFiles(global, { 'config.yaml': 'plugins: { open: { a: { b: 1 } }, gone: { x: 1 } }\nplugin_policy: { enabled: { archive: false } }\n' });
    const listed = await ask((config) => config.list());
    expect(listed.map(({ key, value }) => [key, value])).to.deep.equal([
      ['config.unknown_keys', 'warn'],
      ['plugin_policy.enabled.archive', false], ['plugin_policy.trusted_projects', [project]], ['plugins.gone.x', '[redacted]'], ['plugins.needy.url', undefined], ['plugins.open.a.b', 1],
      ['plugins.tree.colors', undefined], ['plugins.tree.depth', undefined], ['plugins.tree.hosts', undefined], ['plugins.tree.old', undefined],
      ['plugins.tree.program', undefined], ['plugins.tree.theme', 'unicode'], ['plugins.tree.token', undefined],
      ['secrets.allow_exec', false], ['security.audit', true], ['security.sandbox_mode', 'standard'],
    ]);
    expect((await ask((config) => config.list({ prefix: 'plugins.open' }))).map(({ key }) => key)).to.deep.equal(['plugins.open.a.b']);
  });

  describe('#set and #unset', () => {
    it('take nothing away that a plugin requires and nobody else says, unless that is forced', async () => {
      writeFiles(global, { 'config.yaml': 'plugins:\n  needy:\n    url: x\n' });
      const before = readFileSync(globalFile(), 'utf8');
      const changes: readonly ((config: ConfigStore) => Promise<unknown>)[] = [
        (config) => config.unset('plugins.needy.url', { scope: 'global' }), (config) => config.unset('plugins.needy', { scope: 'global' }),
        (config) => config.set('plugins.needy.url', null, { scope: 'project' }),
      ];
      for (const change of changes) {
        const { details } = await failure('CONFIG_INVALID', ask(change));
        expect(details?.['problems']).to.deep.equal([{ path: 'plugins.needy.url', problem: 'is required' }]);
      }
      expect([readFileSync(globalFile(), 'utf8'), existsSync(projectFile())]).to.deep.equal([before, false]);
      expect(await ask((config) => config.unset('plugins.needy.url', { scope: 'global' }), { set: ['plugins.needy.url=y'] })).to.include({ changed: true });
      writeFileSync(globalFile(), before);
      expect(await ask((config) => config.unset('plugins.needy.url', { scope: 'global', force: true }))).to.include({ changed: true });
      // What is missing already is no reason to refuse anything.
      expect(await ask((config) => config.unset('plugins.needy.url', { scope: 'global' }))).to.include({ changed: false });
    });

    it('change one line of the file of a scope, and say who has the last word all the same', async () => {
      writeFiles(global, { 'config.yaml': '# mine\nplugins:\n  tree:\n    theme: unicode # nice\n' });
      const set = (key: string, value: unknown, scope: 'global' | 'project' | 'local' = 'global'): Promise<object> => ask((config) => config.set(key, value, { scope }));
      expect(await set('plugins.tree.depth', '3')).to.deep.equal({ key: 'plugins.tree.depth', file: globalFile(), changed: true });
      expect(readFileSync(globalFile(), 'utf8')).to.equal('# mine\nplugins:\n  tree:\n    theme: unicode # nice\n    depth: 3\n');
      expect(await set('plugins.tree.depth', 3)).to.include({ changed: false });
      expect(await set('plugins.tree.hosts', 'a,b', 'project')).to.include({ file: projectFile(), changed: true });
      expect(readFileSync(projectFile(), 'utf8')).to.contain('hosts:');
      writeFiles(project, { '.structum.local.yaml': 'plugins: { tree: { depth: 7 } }' });
      expect(await set('plugins.tree.depth', '4')).to.deep.include({ changed: true, overriddenBy: { layer: 'local', file: join(project, '.structum.local.yaml'), line: 1, column: 20 } });
      expect(await ask((config) => config.unset('plugins.tree.depth', { scope: 'global' }))).to.include({ changed: true });
      expect(readFileSync(globalFile(), 'utf8')).to.equal('# mine\nplugins:\n  tree:\n    theme: unicode # nice\n');
      expect(await ask((config) => config.unset('plugins.tree.depth', { scope: 'global' }))).to.include({ changed: false });
      global = join(folder, 'other');
      expect(await ask((config) => config.unset('plugins.tree.depth', { scope: 'global' }))).to.include({ changed: false });
      expect(existsSync(global)).to.equal(false);
    });

    it('leave no mapping behind that a setting was in, but for what somebody has said something about, and what a plugin requires', async () => {
      const mapped = definePlugin({ name: 'mapped', version: '1.0.0', description: 'Maps', settings: defineSettings({
        limits: { description: 'Limits', type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'integer' } } },
        needed: { description: 'Needed', type: 'object', required: true, additionalProperties: { type: 'integer' } },
      }) });
      const key = 'plugins.mapped.limits.mem.most';
      const change = (work: (config: ConfigStore) => Promise<unknown>): Promise<unknown> => ask(work, {}, true, {}, [mapped]);
      for (const [name, text, after = text] of [
        ['config.yaml', 'plugins:\n  mapped:\n    needed: { a: 1 }\n'],
        ['config.yaml', 'plugins:\n  mapped:\n    needed: { a: 1 }\n    limits:\n      cpu: { most: 1 }\n'],
        ['config.yaml', 'plugins:\n  mapped:\n    needed: { a: 1 }\n    limits: # mine\n      mem:\n        most: 3\n', 'plugins:\n  mapped:\n    needed: { a: 1 }\n    limits: {} # mine\n'],
        ['config.json', '{\n  "plugins": { "mapped": { "needed": { "a": 1 } } }\n}\n'],
        ['config.toml', '[plugins.mapped.needed]\na = 1\n', '[plugins.mapped.needed]\na = 1\n\n'],
      ] as const) {
        global = join(folder, `${name} ${String(text.length)}`);
        writeFiles(global, { [name]: text });
        await change((config) => config.set(key, 3, { scope: 'global' }));
        expect(await change((config) => config.unset(key, { scope: 'global' }))).to.include({ changed: true });
        expect(readFileSync(join(global, name), 'utf8'), text).to.equal(after);
        await change((config) => config.unset('plugins.mapped.needed.a', { scope: 'global' }));
        expect(await change((config) => config.get('plugins.mapped.needed'))).to.deep.include({ value: {} });
      }
    });

    it('say what of a mapping counts, and what somebody else says', async () => {
      writeFiles(project, { '.structum.yaml': 'plugins: { tree: { colors: { a: red } } }' });
      const at = (column: number): object => ({ layer: 'project', file: projectFile(), line: 1, column });
      const set = (value: unknown): Promise<object> => ask((config) => config.set('plugins.tree.colors', value, { scope: 'global' }));
      expect(await set({ b: 'blue' })).not.to.have.any.keys('overriddenBy', 'overriddenKeys');
      expect(await set({ a: 'blue', b: 'blue' })).to.deep.include({ overriddenBy: at(30), overriddenKeys: ['plugins.tree.colors.a'] });
      expect(await ask((config) => config.set('plugins.tree.colors.a', 'green', { scope: 'global' }))).to.deep.include({ overriddenBy: at(30) }).and.not.have.property('overriddenKeys');
      expect(await ask((config) => config.unset('plugins.tree.colors', { scope: 'global' }))).not.to.have.property('overriddenBy');
      writeFiles(project, { '.structum.yaml': 'plugins: { tree: { colors: null } }' });
      expect(await set({ a: 'green' })).to.deep.include({ overriddenBy: at(20) }).and.not.have.property('overriddenKeys');
    });

    it('make files for an environment, for their user alone where they are', async () => {
      await ask((config) => config.set('plugins.tree.theme', 'ascii', { scope: 'global', environment: 'test' }));
      expect(await ask((config) => config.get('plugins.tree.theme'), { environment: 'test' })).to.include({ value: 'ascii' });
      expect(await ask((config) => config.get('plugins.tree.theme'))).to.include({ value: 'unicode' });
      if (process.platform !== 'win32') expect(statSync(join(global, 'config.test.yaml')).mode & 0o777).to.equal(0o600);
    });

    it('refuse what nothing describes, unless forced, and what does not fit', async () => {
      const set = (key: string, value: unknown, force = false): Promise<object> => ask((config) => config.set(key, value, { scope: 'global', force }));
      const { details } = await failure('CONFIG_KEY_UNKNOWN', set('plugins.tree.themes', 'ascii'));
      expect(details?.['suggestions']).to.deep.equal(['plugins.tree.theme']);
      expect((await failure('CONFIG_KEY_UNKNOWN', set('plugin.tree.theme', 'ascii'))).details?.['suggestions']).to.deep.equal(['plugins.tree.theme']);
      expect((await failure('CONFIG_KEY_UNKNOWN', set('plugins.tere.theme', 'ascii'))).details?.['suggestions']).to.deep.equal(['plugins.tree.theme']);
      expect((await failure('CONFIG_KEY_UNKNOWN', set('plugin', '1'))).details?.['suggestions']).to.include('plugins');
      await failure('CONFIG_KEY_UNKNOWN', set('plugins.absent', {}));
      await failure('CONFIG_KEY_INVALID', set('plugins.tree', {}));
      await failure('CONFIG_KEY_INVALID', set('plugins', {}));
      await failure('CONFIG_INVALID', set('plugins.tree.depth', '0'));
      await failure('CONFIG_INVALID', set('plugins.tree.theme', 'wood'));
      await failure('CONFIG_INVALID', set('plugins.tree.hosts', '["a"'));
      await failure('CONFIG_INVALID', set('config.unknown_keys', 'maybe'));
      expect(await set('config.unknown_keys', 'warn')).to.include({ changed: true });
      await failure('CONFIG_INVALID', set('plugin_policy.enabled.tree', 'perhaps'));
      await failure('CONFIG_INVALID', set('plugin_policy.enabled.Tree!', 'false'));
      await failure('CONFIG_SCOPE_UNAVAILABLE', ask((config) => config.set('plugins.tree.depth', 3, { scope: 'local', environment: 'test' })));
      expect(await set('plugins.tree.themes', 'ascii', true)).to.include({ changed: true });
      expect(await set('plugins.absent.x', '1', true)).to.include({ changed: true });
      expect(await set('plugins.open.any.thing', '[1]')).to.include({ changed: true });
      expect(await set('plugin_policy.enabled.tree', 'false')).to.include({ changed: true });
      expect(await set('plugins.tree.depth', null)).to.include({ changed: true });
    });

    it('change no item of a list, which is set as a whole', async () => {
      const before = 'plugins: { lists: { servers: [{ port: 1 }] } }';
      writeFiles(global, { 'config.yaml': before });
      for (const key of ['plugins.lists.servers.0', 'plugins.lists.servers[0].port', 'plugins.lists.servers.port', 'plugins.lists.groups.tags.0']) {
        for (const change of [(config: ConfigStore) => config.set(key, '2', { scope: 'global', force: true }), (config: ConfigStore) => config.unset(key, { scope: 'global' })]) {
          expect((await failure('CONFIG_KEY_INVALID', ask(change, {}, true, {}, [lists]))).details?.['list']).to.match(/servers$|tags$/);
        }
      }
      await failure('CONFIG_KEY_INVALID', ask((config) => config.get('plugins.lists.servers'), { set: ['plugins.lists.servers[0]=x'] }, true, {}, [lists]));
      expect(readFileSync(globalFile(), 'utf8')).to.equal(before);
    });

    it('hold a value against the setting that it is in', async () => {
      const set = (key: string, value: unknown): Promise<object> => ask((config) => config.set(key, value, { scope: 'global' }), {}, true, {}, [lists, nested]);
      await failure('CONFIG_INVALID', set('plugins.lists.groups.most', 'x'));
      expect(await set('plugins.lists.groups.most', '3')).to.include({ changed: true });
      // Somebody else may say what is required beside it.
      expect(await set('plugins.nested.server.a.port', '3')).to.include({ changed: true });
      await failure('CONFIG_INVALID', set('plugins.nested.server.b', '{"port":3}'));
    });

    it('say which files there are where a scope has two', async () => {
      writeFiles(global, { 'config.yaml': '', 'config.toml': '' });
      await failure('CONFIG_AMBIGUOUS', ask((config) => config.set('plugins.tree.depth', 3, { scope: 'global' })));
      const [ambiguous] = await ask((config) => config.validate());
      expect(ambiguous).to.include({ layer: 'global', file: globalFile(), severity: 'error' }).and.has.property('problem').that.contains('config.toml');
    });

    it('leave a file alone that is wrong already', async () => {
      writeFiles(global, { 'config.yaml': 'a: [' });
      await failure('CONFIG_FILE_INVALID', ask((config) => config.set('plugins.tree.depth', 3, { scope: 'global' })));
      expect(readFileSync(globalFile(), 'utf8')).to.equal('a: [');
    });
  });

  it('#validate tells everything that is wrong, where, and what may have been meant', async () => {
    writeFiles(global, { 'config.yaml': 'plugins:\n  tree:\n    depth: deep\n    them: x\n    token: 5\n    hosts: [a, 1]\n    old: x\n  tre: {}\nplugin: {}\nplugin_policy:\n  enabled: { a: maybe }\n  foldrs: []\n' });
    writeFiles(project, { '.structum.yaml': 'a: 1\na: 2\n' });
    const findings = await ask((config) => config.validate(), { variables: { STRUCTUM_PLUGINS__TREE__DEPTH: 'x', STRUCTUM_PLUGIN__X__Y: '1' } });
    const short = findings.map(({ severity, layer, line, key, problem, value, suggestions }) => [severity, layer, line ?? '', key ?? '', key === undefined ? '' : problem, value ?? '', suggestions?.[0] ?? '']);
    expect(short).to.have.deep.members([
      ['error', 'project', 2, '', '', '', ''],
      ['warning', 'variable', '', '', '', '', 'STRUCTUM_PLUGINS__X__Y'],
      ['error', 'global', 3, 'plugins.tree.depth', 'must be an integer', 'deep', ''],
      ['error', 'global', 6, 'plugins.tree.hosts[1]', 'must be a string', 1, ''],
      ['error', 'global', 5, 'plugins.tree.token', 'must be a string', '[redacted]', ''],
      ['warning', 'global', 4, 'plugins.tree.them', 'is not known', '', 'plugins.tree.theme'],
      ['warning', 'global', 7, 'plugins.tree.old', 'is deprecated: use theme', 'x', ''],
      ['warning', 'global', 8, 'plugins.tre', 'is for no plugin that is there', '', 'plugins.tree'],
      ['warning', 'global', 9, 'plugin', 'is not known', '', 'plugins'],
      ['error', 'global', 12, 'plugin_policy.foldrs', 'is not known; there are enabled, folders, aliases, renames, trusted_projects, executor', '', 'plugin_policy.folders'],
      ['error', 'global', 11, 'plugin_policy.enabled.a', 'must be true or false', 'maybe', ''],
      ['error', 'variable', '', 'plugins.tree.depth', 'must be an integer', 'x', ''],
      ['error', 'default', '', 'plugins.needy.url', 'is required', '', ''],
    ]);
    expect(findings.filter(({ key, rule }) => key !== undefined && rule === undefined)).to.deep.equal([]);
    writeFileSync(projectFile(), 'plugins: { tree: { depth: 1 }, needy: { url: x } }');
    writeFileSync(globalFile(), '');
    expect(await ask((config) => config.validate())).to.deep.equal([]);
  });

  describe('in a project that nobody trusts', () => {
    it('#set says that a value counts for nothing, and #validate where there are such', async () => {
      const untrusted = <Answer>(question: (config: ConfigStore) => Promise<Answer>): Promise<Answer> => ask(question, {}, false);
      expect(await untrusted((config) => config.set('plugins.tree.program', 'rm', { scope: 'project' }))).to.include({ changed: true, ignored: 'untrusted' });
      expect(await untrusted((config) => config.set('plugins.tree.theme', 'ascii', { scope: 'project' }))).not.to.have.property('ignored');
      expect(await untrusted((config) => config.set('plugin_policy.enabled.open', false, { scope: 'project' }))).not.to.have.property('ignored');
      expect(await untrusted((config) => config.set('plugin_policy.folders', ['a'], { scope: 'project' }))).to.include({ ignored: 'untrusted' });
      expect(await ask((config) => config.set('plugins.tree.program', 'ls', { scope: 'project' }))).not.to.have.property('ignored');
      writeFiles(global, { 'config.yaml': 'plugins: { needy: { url: x } }' });
      writeFileSync(projectFile(), 'plugins:\n  tree: { program: rm, depth: 0, them: x }\nplugin_policy:\n  trusted_projects: ["."]\n');
      expect((await untrusted((config) => config.validate())).map(({ severity, line, key, problem, value }) => [severity, line, key, problem, value])).to.have.deep.members([
        ['warning', 2, 'plugins.tree.program', 'is ignored: its project is not trusted', 'rm'],
        ['error', 2, 'plugins.tree.depth', 'must be at least 1', 0],
        ['warning', 2, 'plugins.tree.them', 'is not known', undefined],
        ['warning', 4, 'plugin_policy.trusted_projects', 'is ignored: that is for its user to say', ['.']],
      ]);
    });

    it('#set refuses what no project may say, trusted or not', async () => {
      for (const isTrusted of [true, false]) {
        for (const [key, value] of [['secrets.allow_exec', 'true'], ['plugin_policy.trusted_projects', ['.']], ['security.sandbox_mode', 'off'], ['security.audit', false]] as const) {
          for (const scope of ['project', 'local'] as const) await failure('CONFIG_SCOPE_REFUSED', ask((config) => config.set(key, value, { scope }), {}, isTrusted));
        }
      }
      expect(existsSync(projectFile())).to.equal(false);
      expect(await ask((config) => config.set('secrets.allow_exec', 'false', { scope: 'project' }))).to.include({ changed: true });
      expect(await ask((config) => config.set('secrets.allow_exec', 'true', { scope: 'project', force: true }))).to.include({ ignored: 'user' });
    });
  });

  it('tells of references to programs in what is of a project, trusted or not, without resolving them', async () => {
    const reference = '${exec:pass show tree}';
    const problem = `holds ${reference}, which is not resolved: no project may have programs run for secrets`;
    for (const isTrusted of [true, false]) {
      for (const [key, value] of [['plugins.tree.token', reference], ['plugins.tree.hosts', ['a', `b${reference}`]], ['plugins.open.any', { deep: reference }]] as const) {
        for (const scope of ['project', 'local'] as const) await failure('CONFIG_SCOPE_REFUSED', ask((config) => config.set(key, value, { scope }), {}, isTrusted));
        await failure('CONFIG_SCOPE_REFUSED', ask((config) => config.set(key, value, { scope: 'project', environment: 'production' }), {}, isTrusted));
      }
      for (const file of ['.structum.yaml', '.structum.production.yaml', '.structum.local.yaml']) {
        writeFiles(project, { '.structum.yaml': '', '.structum.production.yaml': '', '.structum.local.yaml': '' });
        writeFiles(project, { [file]: `plugins:\n  tree: { token: "${reference}" }\n  open: { any: { deep: "${reference}" } }\n` });
        for (const resolve of [false, true]) {
          const found = (await ask((config) => config.validate({ resolve }), { environment: 'production' }, isTrusted)).filter(({ key, line }) => line !== undefined && key !== 'plugins.open.any');
          expect(found.map((finding) => [finding.file, finding.severity, finding.line, finding.key, finding.problem])).to.deep.equal([
            [join(project, file), 'error', 2, 'plugins.tree.token', problem], [join(project, file), 'error', 3, 'plugins.open.any.deep', problem],
          ]);
        }
      }
    }
    writeFiles(global, { 'config.yaml': `plugins:\n  tree: { token: "${reference}" }\n` });
    writeFiles(project, { '.structum.local.yaml': 'plugins: { tree: { token: "${env:TOKEN} $${exec:a}" } }' });
    expect((await ask((config) => config.validate())).filter(({ key }) => key?.startsWith('plugins.tree'))).to.deep.equal([]);
    expect(await ask((config) => config.set('plugins.tree.token', reference, { scope: 'global' }))).to.include({ changed: false });
  });

  it('#validate misses nothing that another layer says, at any depth, and tells where what is missing would be', async () => {
    const found = async (): Promise<unknown> => (await ask((config) => config.validate(), {}, true, {}, [nested])).filter(({ key }) => key?.startsWith('plugins.nested')).map(({ layer, line, key, problem }) => [layer, line, key, problem]);
    writeFiles(global, { 'config.yaml': 'plugins: { nested: { server: { main: { host: a } } } }' });
    writeFiles(project, { '.structum.yaml': 'plugins:\n  nested: { server: { main: { port: 1 } } }\n' });
    expect(await found()).to.deep.equal([]);
    writeFiles(global, { 'config.yaml': '' });
    expect(await found()).to.deep.equal([['project', 2, 'plugins.nested.server.main.host', 'is required']]);
    writeFiles(project, { '.structum.yaml': 'plugins:\n  nested: { server: { main: { host: a, prot: 1 } } }\n' });
    expect(await found()).to.deep.equal([['project', 2, 'plugins.nested.server.main.prot', 'is not known']]);
  });

  it('takes null at any depth of a mapping, and in no list, for what takes away what weaker layers say', async () => {
    const limits = definePlugin({
      name: 'limits', version: '1.0.0', description: 'Limits', settings: defineSettings({
        most: { description: 'Most', type: 'object', properties: { cpu: { type: 'integer' }, deep: { type: 'object', additionalProperties: { type: 'integer' } } }, additionalProperties: false },
        all: { description: 'All', type: 'array', items: { type: 'object', properties: { cpu: { type: 'integer' } } } },
      }),
    });
    const within = <Answer>(question: (config: ConfigStore) => Promise<Answer>, isTrusted = true): Promise<Answer> => ask(question, { environment: 'prod' }, isTrusted, {}, [limits]);
    writeFiles(global, { 'config.yaml': 'plugins: { needy: { url: x }, limits: { most: { cpu: 1, deep: { a: 1, b: 2 } } } }', 'config.prod.yaml': 'plugins: { limits: { most: { deep: { a: null } } } }' });
    writeFiles(project, { '.structum.yaml': 'plugins: { limits: { most: { cpu: 2, deep: { c: 3, b: null } } } }' });
    expect(await within((config) => config.validate())).to.deep.equal([]);
    for (const isTrusted of [true, false]) expect((await within((config) => config.get('plugins.limits.most'), isTrusted)).value).to.deep.equal({ cpu: 2, deep: { c: 3 } });
    const set = (key: string, value: string): Promise<object> => within((config) => config.set(key, value, { scope: 'global' }));
    expect(await set('plugins.limits.most', '{"cpu":4,"deep":{"c":null}}')).to.include({ changed: true });
    await failure('CONFIG_INVALID', set('plugins.limits.all', '[{"cpu":null}]'));
    await failure('CONFIG_INVALID', set('plugin_policy.enabled.tree', 'null'));
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(await within((config) => config.schema()));
    for (const right of [{ most: { deep: { a: null } } }, { most: { cpu: null } }, { most: null, all: null }, null]) expect(validate({ plugins: { limits: right } }), JSON.stringify(right)).to.equal(true);
    expect([validate({ plugins: null }), validate({ config: { unknown_keys: null } }), validate({ plugins: { limits: { all: [{ cpu: null }] } } })]).to.deep.equal([true, true, false]);
  });

  it('#schema is one by which editors check configuration files', async () => {
    const schema = await ask((config) => config.schema());
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    expect(validate({ plugins: { tree: { theme: 'ascii', depth: null, hosts: ['a'] }, other: { a: 1 } }, plugin_policy: { enabled: { a: false } } }), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ config: { unknown_keys: 'strict' } })).to.equal(true);
    expect(validate({ plugins: { tree: { theme: '${env:THEME}', depth: '${env:DEPTH}', hosts: ['${env:HOST}'], colors: { a: '${env:RED}' } } } }), JSON.stringify(validate.errors)).to.equal(true);
    for (const wrong of [{ config: { unknown_keys: 'maybe' } }, { plugins: { tree: { theme: 'wood' } } }, { plugins: { tree: { depth: '${HOME}' } } }, { plugins: { tree: { them: 1 } } }, { plugin: {} }, { plugin_policy: { enabled: { a: 'no' } } }]) {
      expect(validate(wrong), JSON.stringify(wrong)).to.equal(false);
    }
  });

  describe('where references to secrets are held', () => {
    const held = 'plugins:\n  tree:\n    token: ${env:TOKEN}\n    depth: ${env:DEPTH}\n    hosts: [ "${env:HOST}" ]\n';
    const env = { TOKEN: 'hunter2', DEPTH: '3' };

    it('tells them as they are written, also where they are secrets, but for what stands beside them', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { token: "pw:${env:TOKEN}$${", depth: "${env:DEPTH}" }, open: { a: "${env:TOKEN}" } }' });
      expect(await ask((config) => config.get('plugins.tree.token'))).to.include({ value: '[redacted]${env:TOKEN}[redacted]', isSecret: true });
      expect((await ask((config) => config.list({ reveal: true }))).find(({ key }) => key === 'plugins.tree.token')?.value).to.equal('pw:${env:TOKEN}$${');
      expect((await ask((config) => config.explain('plugins.tree.depth', { reveal: true }), {}, true, env)).value).to.equal(3);
      expect(await ask((config) => config.diff(undefined, undefined))).to.deep.equal([]);
    });

    it('resolves them in what #get reveals, and says why it cannot', async () => {
      writeFiles(global, { 'config.yaml': held });
      const revealed = (key: string): Promise<unknown> => ask(async (config) => (await config.get(key, { reveal: true })).value, {}, true, env);
      expect(await revealed('plugins.tree.token')).to.equal('hunter2');
      expect(await revealed('plugins.tree.depth')).to.equal(3);
      expect(await revealed('plugins.tree.theme')).to.equal('unicode');
      await failure('SECRET_UNAVAILABLE', revealed('plugins.tree.hosts'));
      await failure('SECRET_UNAVAILABLE', revealed('plugins.tree'));
      await failure('SECRET_UNAVAILABLE', revealed('plugins'));
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { token: "${env:TOKEN}", depth: "${env:DEPTH}" } }' });
      expect(await revealed('plugins')).to.deep.equal({ tree: { token: 'hunter2', depth: 3, theme: 'unicode' } });
      writeFiles(global, { 'config.yaml': 'plugins: { tree: { token: "${env:" } }' });
      await failure('CONFIG_INVALID', revealed('plugins.tree.token'));
    });

    it('keeps them in files that are rewritten, and refuses what they cannot be', async () => {
      writeFiles(global, { 'config.yaml': held });
      const set = (key: string, value: unknown): Promise<unknown> => ask((config) => config.set(key, value, { scope: 'global' }));
      await set('plugins.tree.theme', 'ascii');
      await set('plugins.tree.depth', '${file:~/depth}');
      expect(readFileSync(globalFile(), 'utf8')).to.equal(`${held.replace('${env:DEPTH}', '${file:~/depth}')}    theme: ascii\n`);
      await set('plugins.tree.hosts', '${env:A},${env:B}');
      expect((await ask((config) => config.get('plugins.tree.hosts'))).value).to.equal('${env:A},${env:B}');
      await failure('CONFIG_INVALID', set('plugins.tree.token', '${env:'));
      await failure('CONFIG_INVALID', set('plugins.tree.depth', '${HOME}'));
    });

    it('finds what nobody can tell the meaning of, and with #validate({ resolve }) what cannot be resolved, or does not fit', async () => {
      writeFiles(global, { 'config.yaml': held.replace('${env:TOKEN}', '${env:TOKEN') });
      const found = async (resolve: boolean, given: Readonly<Record<string, string>> = env): Promise<unknown> =>
        (await ask((config) => config.validate({ resolve }), {}, true, given)).filter(({ rule }) => rule === 'reference').map(({ key, line, problem, severity }) => [key, line, problem, severity]);
      const unclosed = ['plugins.tree.token', 3, 'has no "}" behind ${env:', 'error'];
      const missing = ['plugins.tree.hosts', 5, 'holds ${env:HOST}, which is not resolved: the environment variable HOST is not set', 'error'];
      expect(await found(false)).to.deep.equal([unclosed]);
      expect(await found(true)).to.deep.equal([unclosed, missing]);
      expect(await found(true, { DEPTH: 'deep', HOST: 'a' })).to.deep.equal([unclosed, ['plugins.tree.depth', 4, 'must be an integer (it is ${env:DEPTH})', 'error']]);
    });
  });

  it('#files tells which there are, and which would be made; #diff what is different between environments', async () => {
    writeFiles(global, { 'config.json': '{}', 'config.a.yaml': 'plugins: { tree: { depth: 1, token: one } }', 'config.b.yaml': 'plugins: { tree: { depth: 2, token: two, theme: ascii } }' });
    expect(await ask((config) => Promise.resolve(config.files().map(({ layer, exists }) => [layer, exists])), { environment: 'a' })).to.deep.equal([
      ['global', true], ['global-environment', true], ['project', false], ['project-environment', false], ['local', false],
    ]);
    expect(await ask((config) => config.diff('a', 'b'))).to.deep.equal([
      { key: 'plugins.tree.depth', one: 1, other: 2 }, { key: 'plugins.tree.theme', one: 'unicode', other: 'ascii' }, { key: 'plugins.tree.token', one: '[redacted]', other: '[redacted]' },
    ]);
    expect(await ask((config) => config.diff(undefined, 'a'))).to.have.length(2);
  });
});
