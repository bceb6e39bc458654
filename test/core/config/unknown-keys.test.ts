import { join } from 'node:path';
import { ConfigService, definePlugin, defineSettings, Structum, StructumError, type ConfigSources, type ConfigStore, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const STRICT = 'config: { unknown_keys: strict }\n';

describe('settings that nothing knows', () => {
  let global: string;
  let project: string;
  let warnings: string[];
  let errors: StructumError[];

  beforeEach(() => {
    const folder = temporaryFolder();
    global = join(folder, 'home');
    project = join(folder, 'project');
    writeFiles(project, { '.git/HEAD': '' });
    warnings = [];
    errors = [];
  });

  async function host(configSources: ConfigSources = {}, options: StructumOptions = {}): Promise<Structum> {
    const tree = definePlugin({ name: 'tree', version: '1.0.0', description: 'x', settings: defineSettings({ theme: { description: 'Theme', default: 'unicode' } }) });
    return Structum.create({
      plugins: [tree], configSources: { global, project, ...configSources }, ...options,
      on: { warning: ({ error }) => { if (StructumError.is(error)) tell(error); } },
    });
  }

  function tell(error: StructumError): void {
    const { code, details } = error;
    errors.push(error);
    warnings.push([code, details?.['path'] ?? details?.['settings'] ?? details?.['variable'] ?? details?.['file']].join(' '));
  }

  const activated = async (configSources?: ConfigSources, options?: StructumOptions): Promise<void> => {
    await using structum = await host(configSources, options);
    await structum.activate('tree');
  };

  it('cost a warning each, as long as nobody wants it stricter', async () => {
    writeFiles(global, { 'config.yaml': 'plugin: { tree: {} }\nplugins: { tree: { them: ascii } }\n' });
    await activated();
    expect(warnings).to.deep.equal(['CONFIG_KEY_UNKNOWN plugin', 'CONFIG_KEY_UNKNOWN plugins.tree.them']);
  });

  it('are not the schema that a file names for editors', async () => {
    writeFiles(global, { 'config.json': '{ "$schema": "./schema.json", "config": { "unknown_keys": "strict" } }' });
    await activated();
    expect(warnings).to.deep.equal([]);
  });

  it('are told one by one as far as anybody reads that, however many somebody else wrote', async () => {
    const keys = (length: number): object => Object.fromEntries(Array.from({ length }, (_, index) => [`key${String(index)}`, 1]));
    writeFiles(project, { '.structum.json': JSON.stringify({ ...keys(130_000), plugins: { tree: keys(1000) } }) });
    await activated();
    expect(errors.map(({ code }) => code)).to.deep.equal(Array.from({ length: 40 }, () => 'CONFIG_KEY_UNKNOWN'));
    expect(errors.flatMap(({ details }) => details?.['more'] ?? [])).to.deep.equal([129_980, 980]);
    for (const { message } of errors) expect(message.length).to.be.lessThan(2000);
    errors = [];
    writeFiles(project, { '.structum.json': JSON.stringify({ ...keys(30), plugins: { tree: keys(30) } }) });
    await activated({}, { config: { plugin_policy: { trusted_projects: [project] } } });
    expect(errors.map(({ code }) => code)).to.deep.equal(Array.from({ length: 40 }, () => 'CONFIG_KEY_UNKNOWN'));
    await failure('CONFIG_FILE_INVALID', host({}, { config: { config: { unknown_keys: 'strict' }, plugin_policy: { trusted_projects: [project] } } }));
  });

  it('refuse the plugin that they are meant for where they are errors, with what may have been meant', async () => {
    const problem = { path: 'plugins.tree.them', problem: 'is not known', rule: 'additionalProperties', suggestions: ['plugins.tree.theme'] };
    for (const [file, options] of [[STRICT, {}], ['', { config: { config: { unknown_keys: 'strict' } } }]] as const) {
      writeFiles(global, { 'config.yaml': `${file}plugins: { tree: { them: ascii } }` });
      const error = await failure('CONFIG_INVALID', activated({}, options));
      const line = file === '' ? 1 : 2;
      expect(error.details).to.deep.equal({ problems: [{ ...problem, origin: { layer: 'global', file: join(global, 'config.yaml'), line, column: 20 } }] });
      expect(error.hint).to.contain('Did you mean "plugins.tree.theme"?');
    }
  });

  it('refuse the whole file where they are sections', async () => {
    writeFiles(global, { 'config.yaml': `${STRICT}plugin: { tree: {} }\n` });
    const error = await failure('CONFIG_FILE_INVALID', host());
    expect(error.details?.['problems']).to.deep.equal([{ line: 2, column: 1, path: 'plugin', problem: 'is not known', suggestions: ['plugins', 'plugin_policy'] }]);
  });

  it('are what the strongest layer makes of them', async () => {
    writeFiles(global, { 'config.yaml': `${STRICT}plugins: { tree: { them: ascii } }` });
    await failure('CONFIG_INVALID', activated());
    await activated({ variables: { STRUCTUM_CONFIG__UNKNOWN_KEYS: 'warn' } });
    expect(warnings).to.deep.equal(['CONFIG_KEY_UNKNOWN plugins.tree.them']);
  });

  it('are made errors by a project that nobody trusts, and never less than that', async () => {
    writeFiles(global, { 'config.yaml': 'plugins: { tree: { them: ascii } }' });
    writeFiles(project, { '.structum.yaml': STRICT });
    await failure('CONFIG_INVALID', activated());
    for (const file of ['config: { unknown_keys: warn }', 'config: { unknown_keys: null }', 'config: null']) {
      writeFiles(global, { 'config.yaml': `${STRICT}plugins: { tree: { them: ascii } }` });
      writeFiles(project, { '.structum.yaml': file });
      await failure('CONFIG_INVALID', activated());
    }
    expect(warnings).to.include('CONFIG_IGNORED config.unknown_keys');
  });

  it('are judged by a setting that is one of two words, alone in its section', async () => {
    writeFiles(global, { 'config.yaml': 'config:\n  unknown_keys: maybe\n  unknown_key: warn\n' });
    const error = await failure('CONFIG_FILE_INVALID', host());
    expect(error.details?.['problems']).to.deep.equal([
      { line: 2, column: 3, path: 'config.unknown_keys', problem: 'must be one of warn, strict' },
      { line: 3, column: 3, path: 'config.unknown_key', problem: 'is not known', suggestions: ['config.unknown_keys'] },
    ]);
  });

  describe('for plugins that are not there', () => {
    it('cost a warning where their names look like that of one that is, with which it may have been meant', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tre: { theme: a }, elsewhere: { x: 1 }, tree: {} }' });
      await (await host({ variables: { STRUCTUM_PLUGINS__TRE__THEME: 'a', STRUCTUM_PLUGINS__TREE__THEME: 'a' }, set: ['plugins.treee.theme=a', 'plugins.absent={"x":1}'] })).dispose();
      expect(warnings).to.deep.equal(['CONFIG_KEY_UNKNOWN plugins.tre', 'CONFIG_VARIABLE_UNKNOWN STRUCTUM_PLUGINS__TRE__THEME', 'CONFIG_KEY_UNKNOWN plugins.treee', 'CONFIG_KEY_UNKNOWN plugins.absent']);
      expect(errors.map(({ details }) => details?.['suggestions'])).to.deep.equal([['plugins.tree'], ['STRUCTUM_PLUGINS__TREE__THEME'], ['plugins.tree'], []]);
    });

    it('are told of in the same way where something is decided about them', async () => {
      writeFiles(global, { 'config.yaml': 'security: { plugins: { tre: { limits: { wall_time: 1000 } }, elsewhere: {}, tree: {} } }\nplugin_policy: { executor: { treee: worker, elsewhere: worker } }\n' });
      await (await host({ set: ['plugin_policy.executor.absent=worker'] })).dispose();
      expect(warnings).to.deep.equal(['CONFIG_KEY_UNKNOWN security.plugins.tre', 'CONFIG_KEY_UNKNOWN plugin_policy.executor.treee', 'CONFIG_KEY_UNKNOWN plugin_policy.executor.absent']);
      expect(errors.map(({ details }) => details?.['suggestions'])).to.deep.equal([['security.plugins.tree'], ['plugin_policy.executor.tree'], []]);
    });

    it('are errors where what nothing knows is one, but for what a project says that nobody trusts', async () => {
      writeFiles(global, { 'config.yaml': `${STRICT}plugins:\n  tre: {}\n` });
      const error = await failure('CONFIG_FILE_INVALID', host());
      expect(error.details?.['problems']).to.deep.equal([{ line: 3, column: 3, path: 'plugins.tre', problem: 'is for no plugin that is there', suggestions: ['plugins.tree'] }]);
      writeFiles(global, { 'config.yaml': STRICT });
      await failure('CONFIG_INVALID', host({ set: ['plugins.tre.theme=a'] }));
      writeFiles(project, { '.structum.yaml': 'plugins: { tre: {} }' });
      await activated();
      expect(warnings).to.deep.equal([`CONFIG_FILE_INVALID ${join(project, '.structum.yaml')}`]);
    });

    it('may be given by a host for plugins that it registers later', async () => {
      await activated({}, { config: { config: { unknown_keys: 'strict' }, plugins: { later: {} } } });
      expect(warnings).to.deep.equal([]);
    });

    it('refuse a new configuration while a host runs', async () => {
      writeFiles(global, { 'config.yaml': 'plugins: { tre: {} }' });
      await using structum = await host();
      await failure('CONFIG_FILE_INVALID', structum.configure({ config: { unknown_keys: 'strict' } }));
      expect(warnings).to.deep.equal(['CONFIG_KEY_UNKNOWN plugins.tre']);
    });
  });

  it('are found where they stand, as errors or as warnings', async () => {
    writeFiles(global, { 'config.yaml': 'plugin: {}\nplugins: { tree: { them: 1 }, tre: {} }\n' });
    const found = async (config: object): Promise<unknown> => {
      let store: ConfigStore | undefined;
      const asking = definePlugin({ name: 'asking', version: '1.0.0', description: 'Asks', permissions: { services: ['structum.config'] }, onActivate: (context) => { store = context.service(ConfigService); } });
      await using structum = await host({}, { config: { config }, configProblems: 'warn' });
      await structum.register(asking);
      await structum.activate('asking');
      return (await store?.validate())?.map(({ severity, line, key }) => `${severity} ${String(line)} ${key ?? ''}`);
    };
    const keys = ['1 plugin', '2 plugins.tree.them', '2 plugins.tre'];
    expect(await found({})).to.deep.equal(keys.map((key) => `warning ${key}`));
    expect(await found({ unknown_keys: 'strict' })).to.deep.equal(keys.map((key) => `error ${key}`));
  });
});
