import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { FilePolicyStore, NO_POLICY } from '#internal/core/config/index.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { runNode } from '../../support/run.js';

const STORE_MODULE = JSON.stringify(import.meta.resolve('#internal/core/config/index.js'));

describe('the policy in files', () => {
  let folder: string;
  let file: string;
  let store: FilePolicyStore;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'settings/config.yaml');
    store = new FilePolicyStore({ home: undefined, cwd: '/', inForce: NO_POLICY, places: { global: join(folder, 'settings'), project: folder } });
  });

  const write = (text: string): void => {
    mkdirSync(join(folder, 'settings'), { recursive: true });
    writeFileSync(file, text);
  };

  it('is made when something is decided, for the user alone', async () => {
    expect(await store.read('user')).to.deep.equal({ file, exists: false, policy: {} });
    expect(await store.setEnabled('tree', false, 'user')).to.deep.equal({ file, changed: true });
    expect(await store.read('user')).to.deep.equal({ file, exists: true, policy: { enabled: { tree: false } } });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readdirSync(join(folder, 'settings'))).to.deep.equal(['config.yaml']);
  });

  it('is left alone where it says so already; a user\'s need not say that a plugin is enabled', async () => {
    expect(await store.setEnabled('tree', true, 'user')).to.deep.equal({ file, changed: false });
    expect(existsSync(join(folder, 'settings'))).to.equal(false);
    expect(await store.setEnabled('tree', true, 'project')).to.deep.equal({ file: join(folder, '.structum.yaml'), changed: true });
    expect(await store.setEnabled('tree', true, 'project')).to.include({ changed: false });
    await store.setEnabled('tree', false, 'user');
    const before = statSync(file).mtimeMs;
    expect(await store.setEnabled('tree', false, 'user')).to.include({ changed: false });
    expect(statSync(file).mtimeMs).to.equal(before);
  });

  it('keeps everything else of a file: comments, a byte order mark, line ends, a link', async () => {
    write('\uFEFF# mine\r\nplugin_policy:\r\n  enabled:\r\n    tree: true # slow\r\n');
    const link = join(folder, 'linked/config.yaml');
    mkdirSync(dirname(link));
    symlinkSync(file, link);
    const linked = new FilePolicyStore({ home: undefined, cwd: '/', inForce: NO_POLICY, places: { global: dirname(link) } });
    expect(await linked.setEnabled('tree', false, 'user')).to.deep.equal({ file: link, changed: true });
    expect(readFileSync(file, 'utf8')).to.equal('\uFEFF# mine\r\nplugin_policy:\r\n  enabled:\r\n    tree: false # slow\r\n');
    expect(lstatSync(link).isSymbolicLink()).to.equal(true);
  });

  it('is in the language that the name of its file tells', async () => {
    writeFiles(folder, { 'settings/config.json': '' });
    await store.setEnabled('tree', false, 'user');
    expect(readFileSync(join(folder, 'settings/config.json'), 'utf8')).to.equal('{\n  "plugin_policy": {\n    "enabled": {\n      "tree": false\n    }\n  }\n}\n');
    expect((await store.read('user')).policy).to.deep.equal({ enabled: { tree: false } });
  });

  it('is neither read nor changed where a scope has two files: neither counts', async () => {
    const files = { 'settings/config.yaml': 'a: 1\n', 'settings/config.json': '{}', '.structum.yaml': '', '.structum.toml': '' };
    writeFiles(folder, files);
    for (const scope of ['user', 'project'] as const) {
      await failure('CONFIG_AMBIGUOUS', store.read(scope));
      for (const enabled of [true, false]) await failure('CONFIG_AMBIGUOUS', store.setEnabled('tree', enabled, scope));
    }
    for (const [path, text] of Object.entries(files)) expect(readFileSync(join(folder, path), 'utf8')).to.equal(text);
  });

  it('is in the file that is there by now', async () => {
    expect((await store.read('user')).file).to.equal(file);
    writeFiles(folder, { 'settings/config.toml': '[plugin_policy.enabled]\ntree = false\n' });
    expect(await store.read('user')).to.deep.equal({ file: join(folder, 'settings/config.toml'), exists: true, policy: { enabled: { tree: false } } });
  });

  it('leaves a file alone that is wrong, or cannot be changed without changing more', async () => {
    for (const [code, text] of [['CONFIG_FILE_INVALID', 'a: ['], ['CONFIG_FILE_INVALID', 'plugin_policy: { enabled: [] }'], ['CONFIG_UNEDITABLE', 'x: &x {}\nplugin_policy: *x\n']] as const) {
      write(text);
      await failure(code, store.setEnabled('tree', false, 'user'));
      expect(readFileSync(file, 'utf8')).to.equal(text);
    }
  });

  it('says so where no file is known', async () => {
    const without = new FilePolicyStore({ home: undefined, cwd: '/', inForce: { ...NO_POLICY, policy: { enabled: { tree: false } } }, places: undefined });
    expect(without.policy).to.deep.equal({ enabled: { tree: false } });
    await failure('POLICY_SCOPE_UNAVAILABLE', without.setEnabled('tree', false, 'user'));
    await failure('POLICY_SCOPE_UNAVAILABLE', without.read('project'));
  });

  it('holds what ten processes decide at once', async () => {
    write('# ours\nplugin_policy:\n  enabled:\n    first: false\n');
    const plugins = Array.from({ length: 10 }, (_, index) => [`p${String(index)}-a`, `p${String(index)}-b`]);
    const results = await Promise.all(plugins.map((names) => runNode(['--input-type=module', '--eval', disabling(file, names)])));
    expect(results.map(({ code, stderr }) => [code, stderr])).to.deep.equal(results.map(() => [0, '']));
    const { policy } = await store.read('user');
    expect(Object.keys(policy.enabled ?? {}).sort()).to.deep.equal(['first', ...plugins.flat()].sort());
    expect(readFileSync(file, 'utf8')).to.match(/^# ours\n/);
    expect(readdirSync(join(folder, 'settings'))).to.deep.equal(['config.yaml']);
  });
});

function disabling(file: string, plugins: readonly string[]): string {
  return `
    const { FilePolicyStore, NO_POLICY } = await import(${STORE_MODULE});
    const store = new FilePolicyStore({ home: undefined, cwd: '/', inForce: NO_POLICY, places: { global: ${JSON.stringify(dirname(file))} } });
    for (const plugin of ${JSON.stringify(plugins)}) await store.setEnabled(plugin, false, 'user');`;
}
