import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, type Finished } from '../../support/cli-installation.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { install } from '../../support/install.js';

/** The columns of a line. */
const cells = (line: string): readonly string[] => line.trim().split(/ {2,}/);

describe('structum config', () => {
  let cli: CliInstallation;
  let project: string;
  let home: string;

  before(async () => {
    cli = new CliInstallation().link('config');
    await cli.add('greet', `
      const { defineCommand, definePlugin, defineSettings } = require('@structum/core');
      exports.default = definePlugin({ name: 'greet', description: 'Greets',
        settings: defineSettings({ salutation: { description: 'How to begin', default: 'Hello' }, times: { description: 'How often', type: 'integer', minimum: 1 }, token: { description: 'A token', secret: true } }),
        commands: [defineCommand({ path: 'greet', description: 'Greets', execute: (_input, { config }) => config.salutation })] });`);
    await cli.add('vault', `
      const { definePlugin, defineSecretProvider } = require('@structum/core');
      const service = defineSecretProvider('vault');
      exports.default = definePlugin({ name: 'vault', description: 'Keeps secrets', provides: [service],
        providers: [{ provide: service, useValue: { resolve: async (reference) => {
          if (reference !== 'team/token') throw new Error('there is no ' + reference);
          return 'hunter2';
        } } }] });`);
  });

  beforeEach(() => {
    project = temporaryFolder();
    home = temporaryFolder();
    writeFiles(project, { '.git/HEAD': '' });
  });

  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
    cli.run(['config', ...args], { cwd: project, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: join(home, 'cache'), ...env } });
  const text = async (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string> => {
    const { stdout, stderr, code } = await run(args, env);
    expect([code, stderr], args.join(' ')).to.deep.equal([0, '']);
    return stdout;
  };
  const file = (): string => join(home, 'config.yaml');

  for (const [name, begin] of [['config.yaml', '# mine\n'], ['config.json', ''], ['config.toml', '# mine\n']] as const) {
    it(`loses nothing of what ten set at once, in ${name}`, async function () {
      this.timeout(60_000);
      writeFileSync(join(home, name), begin);
      const keys = Array.from({ length: 10 }, (_, index) => `plugins.vault.key${String(index)}`);
      const ends = await Promise.all(keys.map((key, index) => run(['set', key, String(index)])));
      for (const end of ends) expect(end).to.include({ code: 0, stderr: '' });
      for (const [index, key] of keys.entries()) expect(await text(['get', key])).to.equal(`${String(index)}\n`);
      expect(readFileSync(join(home, name), 'utf8').startsWith(begin)).to.equal(true);
    });
  }

  it('sets a value, gives it, and takes it out again', async () => {
    expect(await text(['set', 'plugins.greet.salutation', 'Hi'])).to.equal(`Set plugins.greet.salutation in ${file()}\n`);
    expect(readFileSync(file(), 'utf8')).to.equal('plugins:\n  greet:\n    salutation: Hi\n');
    expect(await text(['get', 'plugins.greet.salutation'])).to.equal('Hi\n');
    expect(await text(['set', 'plugins.greet.salutation', 'Hi'])).to.equal(`${file()} says so already; it was left alone\n`);
    expect(await text(['set', 'plugins.greet.salutation', 'Moin', '--scope', 'project'])).to.contain(join(project, '.structum.yaml'));
    expect(await text(['get', 'plugins.greet.salutation'])).to.equal('Moin\n');
    expect(await text(['set', 'plugins.greet.salutation', 'Hey'])).to.equal(`Set plugins.greet.salutation in ${file()}\nIt does not count: ${join(project, '.structum.yaml')}:3:5 says something else\n`);
    expect(await text(['unset', 'plugins.greet.salutation', '--scope', 'project'])).to.equal(`Took plugins.greet.salutation out of ${join(project, '.structum.yaml')}\n`);
    expect(await text(['unset', 'plugins.greet.salutation', '--scope', 'project'])).to.equal(`${join(project, '.structum.yaml')} says nothing of plugins.greet.salutation; it was left alone\n`);
    expect(await text(['get', 'plugins.greet.salutation'])).to.equal('Hey\n');
    expect(await run(['get', 'plugins.greet.times'])).to.include({ code: 1, stdout: '' });
    const half = await text(['set', 'plugin_policy.enabled', '{"greet":true,"vault":true}'], { STRUCTUM_PLUGIN_POLICY__ENABLED__VAULT: 'false' });
    expect(half).to.equal(`Set plugin_policy.enabled in ${file()}\nIt counts in part: $STRUCTUM_PLUGIN_POLICY__ENABLED__VAULT says something else of plugin_policy.enabled.vault\n`);
  });

  it('holds values against the rules of a plugin\'s code, where that can be imported', async () => {
    const own = new CliInstallation().link('config');
    install(own.folder, ['class-validator', 'class-transformer']);
    const runOwn = (args: readonly string[]): Promise<Finished> => own.run(['config', ...args], { cwd: project, env: { STRUCTUM_CONFIG_HOME: home } });
    const source = `
      const { definePlugin, Setting } = require('@structum/core');
      const { IsUrl } = require('class-validator');
      class Settings { url = 'https://example.org'; }
      Setting({ description: 'Where' })(Settings.prototype, 'url');
      IsUrl()(Settings.prototype, 'url');
      exports.default = definePlugin({ name: 'ruled', description: 'Has rules', settings: Settings });`;
    await own.add('ruled', source);
    const refused = await runOwn(['set', 'plugins.ruled.url', 'nowhere']);
    expect([refused.code, existsSync(file())]).to.deep.equal([2, false]);
    expect(refused.stderr).to.contain('plugins.ruled.url must be a URL address');
    writeFileSync(file(), 'plugins:\n  ruled:\n    url: nowhere\n');
    const invalid = await runOwn(['validate']);
    expect(invalid).to.include({ code: 1, stdout: `${file()}:3:5: error: plugins.ruled.url must be a URL address, and is "nowhere"\n` });
    writeFileSync(join(own.folder, 'node_modules/structum-plugin-ruled/index.cjs'), 'throw new Error("broken");');
    expect((await runOwn(['set', 'plugins.ruled.url', 'elsewhere'])).stdout).to.match(/^Set plugins\.ruled\.url in .*\nIt could not be held against the rules of the plugin's code: .*broken/s);
    const { stdout } = await runOwn(['validate']);
    expect(stdout).to.match(/warning: plugins\.ruled cannot be held against the rules of the plugin's code: .*broken/s);
  });

  it('explains a value, the strongest layer first', async () => {
    writeFiles(home, { 'config.yaml': 'plugins: { greet: { salutation: Hi } }' });
    writeFiles(project, { '.structum.yaml': 'plugins: { greet: { salutation: null } }' });
    const [first, second, , ...lines] = (await text(['explain', 'plugins.greet.salutation', '--set', 'plugins.greet.salutation=Ahoy'])).trimEnd().split('\n');
    expect([first, second]).to.deep.equal(['plugins.greet.salutation = Ahoy', '  How to begin']);
    expect(lines.map(cells)).to.deep.equal([
      ['* command-line', 'Ahoy', '--set', 'counts'],
      ['project', 'null: as if nobody had set it', `${join(project, '.structum.yaml')}:1:21`, 'overridden'],
      ['global', 'Hi', `${file()}:1:21`, 'overridden'],
      ['default', 'Hello', 'default', 'overridden'],
    ]);
    const { voices } = JSON.parse(await text(['explain', 'plugins.greet.salutation', '--json'])) as { voices: { layer: string; effect: string }[] };
    expect(voices.map(({ layer, effect }) => `${layer} ${effect}`)).to.deep.equal(['default counts', 'global overridden', 'project counts']);
  });

  it('lists what is set, and where it stands', async () => {
    writeFiles(home, { 'config.yaml': 'plugins:\n  greet: { times: 2, token: hunter2 }\n' });
    expect(await text(['list'])).to.equal('config.unknown_keys = warn\nplugins.greet.salutation = Hello\nplugins.greet.times = 2\nplugins.greet.token = [redacted]\nsecrets.allow_exec = false\nsecurity.audit = true\nsecurity.sandbox_mode = standard\n');
    expect((await text(['list', 'plugins.greet', '--show-origin', '--reveal'])).trimEnd().split('\n').map(cells)).to.deep.equal([
      ['default', 'plugins.greet.salutation = Hello'], [`${file()}:2:12`, 'plugins.greet.times = 2'], [`${file()}:2:22`, 'plugins.greet.token = hunter2'],
    ]);
    expect(JSON.parse(await text(['list', 'plugins', '--json']))).to.have.length(3);
  });

  it('says what may have been meant where nothing knows a key', async () => {
    for (const command of ['get', 'list', 'explain']) {
      const { code, stderr } = await run([command, 'plugins.gret']);
      expect([code, stderr]).to.deep.equal([2, 'error: Nothing knows the setting plugins.gret: nobody sets it either.\nhint: Did you mean "plugins.greet"?\n']);
    }
  });

  it('explains what no project may say', async () => {
    expect((await run(['set', 'secrets.allow_exec', 'true', '--scope', 'project'])).stderr).to.contain('counts for nothing in the project configuration').and.contain('scope "global"');
    expect(await text(['set', 'secrets.allow_exec', 'true', '--scope', 'project', '--force'])).to.contain('counts for nothing there');
    const { stdout } = await run(['explain', 'secrets.allow_exec', '--set', `plugin_policy.trusted_projects=${JSON.stringify([project])}`]);
    const [first, , ...lines] = stdout.trimEnd().split('\n');
    expect(first).to.equal('secrets.allow_exec = false');
    expect(lines.map(cells).map(([layer, value, , effect]) => [layer, value, effect])).to.deep.equal([['x project', 'true', 'ignored: no project may say so, only its user'], ['* default', 'false', 'counts']]);
  });

  it('keeps references to secrets as they are, and resolves them where that is asked for', async () => {
    await text(['set', 'plugins.greet.token', '${vault:team/token}']);
    await text(['set', 'plugins.greet.times', '${env:TIMES}']);
    expect(readFileSync(file(), 'utf8')).to.equal('plugins:\n  greet:\n    token: ${vault:team/token}\n    times: ${env:TIMES}\n');
    expect(await text(['get', 'plugins.greet.token'])).to.equal('${vault:team/token}\n');
    expect(await text(['get', 'plugins.greet.token', '--reveal'])).to.equal('hunter2\n');
    expect(JSON.parse(await text(['get', 'plugins.greet.times', '--reveal', '--json'], { TIMES: '3' }))).to.include({ value: 3 });
    const [first, , , said] = (await text(['explain', 'plugins.greet.token', '--reveal'])).split('\n');
    expect([first, cells(said ?? '')]).to.deep.equal(['plugins.greet.token = hunter2', ['* global', '${vault:team/token}', `${file()}:3:5`, 'counts']]);
    expect((await text(['explain', 'plugins.greet.token'])).split('\n')[0]).to.equal('plugins.greet.token = ${vault:team/token}');
    expect(await text(['validate'])).to.equal('The configuration is valid.\n');
    expect(await text(['validate', '--resolve'], { TIMES: '3' })).to.equal('The configuration is valid.\n');
    const { code, stdout } = await run(['validate', '--resolve']);
    expect([code, stdout]).to.deep.equal([1, `${file()}:4:5: error: plugins.greet.times holds \${env:TIMES}, which is not resolved: the environment variable TIMES is not set\n`]);
    await text(['set', 'plugins.greet.token', '${valt:team/token}']);
    const { stderr } = await run(['get', 'plugins.greet.token', '--reveal']);
    expect(stderr).to.contain('"valt" is none of env, exec, file, keyring, vault').and.to.contain('Did you mean "vault"?');
  });

  it('says of each reference that is not resolved what is wrong, once', async () => {
    const finding = async (reference: string): Promise<string | undefined> => {
      await text(['set', 'plugins.greet.token', reference]);
      return /error: (.*)\n$/.exec((await run(['validate', '--resolve'])).stdout)?.[1];
    };
    expect(await finding('${env:NONE}${env:NONE}')).to.equal('plugins.greet.token holds ${env:NONE}, which is not resolved: the environment variable NONE is not set');
    expect(await finding('${valt:a}')).to.equal('plugins.greet.token holds ${valt:a}, which is not resolved: "valt" is none of env, exec, file, keyring, vault');
    expect(await finding('${exec:pass}')).to.equal('plugins.greet.token holds ${exec:pass}, which is not resolved: programs are not run for secrets');
    expect(await finding('${keyring:a/b}')).to.equal('plugins.greet.token holds ${keyring:a/b}, which is not resolved: the package @napi-rs/keyring is not installed');
  });

  it('finds everything that is wrong, and says so with its exit code', async () => {
    expect(await text(['validate'])).to.equal('The configuration is valid.\n');
    writeFiles(home, { 'config.yaml': 'plugins:\n  greet:\n    times: 0\n    salutatoin: x\n' });
    expect(await run(['validate'])).to.include({ code: 1, stdout: `${file()}:3:5: error: plugins.greet.times must be at least 1, and is 0\n${file()}:4:5: warning: plugins.greet.salutatoin is not known (did you mean plugins.greet.salutation?)\n` });
    writeFileSync(file(), 'plugins: { greet: { salutatoin: x } }');
    expect((await run(['validate'])).code).to.equal(0);
    expect((await run(['validate', '--strict'])).code).to.equal(1);
    expect(await run(['validate'], { STRUCTUM_CONFIG__UNKNOWN_KEYS: 'strict' })).to.include({ code: 1, stdout: `${file()}:1:21: error: plugins.greet.salutatoin is not known (did you mean plugins.greet.salutation?)\n` });
    writeFileSync(file(), 'plugins:\n  greet:\n    times: "1"\n    token: 5\n');
    writeFiles(project, { '.structum.yaml': 'secrets: { allow_exec: true }\n' });
    expect((await run(['validate'])).stdout.split('\n')).to.deep.equal([
      `${file()}:3:5: error: plugins.greet.times must be an integer, and is "1"`, `${file()}:4:5: error: plugins.greet.token must be a string, and is [redacted]`,
      `${join(project, '.structum.yaml')}:1:12: warning: secrets.allow_exec is ignored: that is for its user to say (it is true)`, '',
    ]);
    rmSync(file());
    writeFiles(home, { 'config.toml': '[plugins.greet]\ntimes = inf\n' });
    expect((await run(['validate'])).stdout).to.contain('plugins.greet.times must be an integer, and is Infinity\n');
    rmSync(join(home, 'config.toml'));
    writeFileSync(file(), 'a: 1\na: 2\n');
    expect((await run(['validate'])).stdout).to.match(/config\.yaml:2:\d+: error: /);
  });

  it('refuses what does not fit, and writes nothing', async () => {
    expect((await run(['set', 'plugins.greet.times', '0'])).stderr).to.match(/^error: The configuration is not valid: plugins\.greet\.times must be at least 1, got 0\./);
    expect((await run(['set', 'plugins.greet.tims', '2'])).stderr).to.contain('Did you mean "plugins.greet.times"?');
    expect((await run(['set', 'plugins.greet.times', '2', '--scope', 'local', '--environment', 'test'])).code).to.equal(2);
    expect(existsSync(file())).to.equal(false);
  });

  it('opens a file in the user\'s editor, and checks it afterwards', async function () {
    if (process.platform === 'win32') this.skip(); // the editor of this test is a shell's
    home = join(home, 'not/yet');
    const edit = (line: string): Promise<Finished> => run(['edit'], { EDITOR: `sh -c 'printf "%s" "${line}" > "$0"'` });
    expect(await edit('plugins: { greet: { times: 3 } }')).to.include({ code: 0, stdout: `${file()} is valid\n` });
    expect(readFileSync(file(), 'utf8')).to.equal('plugins: { greet: { times: 3 } }');
    expect(statSync(file()).mode & 0o777).to.equal(0o600);
    const wrong = await edit('plugins: { greet: { times: 0 } }');
    expect(wrong).to.include({ code: 1, stdout: `${file()} has 1 problem\n` });
    expect(wrong.stderr).to.contain('plugins.greet.times must be at least 1');
    expect((await run(['edit'], { EDITOR: 'false' })).stderr).to.match(/^error: The editor "false" failed: it ended with 1\./);
    expect((await run(['edit'])).stderr).to.match(/^error: There is no editor/);
    expect(await run(['edit', '--environment', 'test'], { EDITOR: 'true' })).to.include({ code: 0 });
    expect(existsSync(join(home, 'config.test.yaml'))).to.equal(false);
  });

  it('tells the files, the schema, and what is different between environments', async () => {
    writeFiles(home, { 'config.a.yaml': 'plugins: { greet: { times: 1 } }', 'config.b.yaml': 'plugins: { greet: { times: 2 } }' });
    expect(await text(['path', '--env', 'a'])).to.match(/^global +\S+config\.yaml +\(none\)\nglobal-environment +\S+config\.a\.yaml\nproject +/);
    expect(JSON.parse(await text(['schema']))).to.have.nested.property('properties.plugins.properties.greet.properties.times');
    expect(await text(['diff', 'a', 'b'])).to.equal('plugins.greet.times\n- 1\n+ 2\n');
    expect(await text(['diff', 'a', 'a'])).to.equal('Nothing is different.\n');
  });

  it('helps also where a file cannot be used', async () => {
    writeFiles(home, { 'config.yaml': 'a: [' });
    expect((await run(['get', 'plugins.greet.salutation'])).stdout).to.equal('Hello\n');
    expect((await run(['validate'])).code).to.equal(1);
    expect((await run(['set', 'plugins.greet.times', '2'])).code).to.equal(2);
    writeFiles(home, { 'config.yaml': '', 'config.json': '{}' });
    expect((await run(['path'])).code).to.equal(0);
    expect((await run(['validate'])).stdout).to.contain('config.json');
  });

  it('runs commands in a folder of somebody else who has two files for one layer', async () => {
    writeFiles(project, { '.structum.yaml': '', '.structum.json': '{}' });
    const { code, stdout, stderr } = await cli.run(['greet'], { cwd: project, env: { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: join(home, 'cache') } });
    expect([code, stdout, stderr.split('\n').length]).to.deep.equal([0, 'Hello\n', 2]);
  });
});
