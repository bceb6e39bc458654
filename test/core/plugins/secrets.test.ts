import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definePlugin, defineSettings, Setting, Structum, StructumError, type SettingOptions, type StructumOptions } from '@structum/core';
import { IsEmail } from 'class-validator';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const SETTINGS = {
  token: { description: 'A token', secret: true },
  url: { description: 'Where it is' },
  port: { description: 'A port', type: 'integer', minimum: 1 },
  debug: { description: 'Whether to say more', type: 'boolean' },
  hosts: { description: 'Hosts', type: 'array', items: { type: 'string' } },
  ports: { description: 'Ports', type: 'array', items: { type: 'integer' } },
  headers: { description: 'Headers', type: 'object', additionalProperties: { type: 'string' } },
  theme: { description: 'Theme', enum: ['unicode', 'ascii'] },
} as const satisfies Readonly<Record<string, SettingOptions>>;

type Section = Readonly<Record<string, unknown>>;

/** What the plugin "mail" sees of the settings that its host gives it. */
async function seen(mail: Section, options: StructumOptions = {}, settings: new () => object = defineSettings(SETTINGS)): Promise<Section> {
  let found: Section = {};
  const plugin = definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends', settings, onActivate: ({ config }) => { found = config; } });
  await using structum = await Structum.create({ plugins: [plugin], config: { plugins: { mail } }, ...options });
  await structum.activate('mail');
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

const env = { TOKEN: 'hunter2-hunter2', USER_NAME: 'ada', PORT: '2525', HOSTS: 'one, two', PORTS: '[1, 2]', HEADERS: '{ "a": "b" }', YES: 'on', WORD: 'wood' };

describe('a reference to a secret in a setting', () => {
  it('is resolved for its plugin, alone or within a text, also in lists and mappings', async () => {
    expect(await seen({ token: '${env:TOKEN}', url: 'https://${env:USER_NAME}:${env:TOKEN}@host', hosts: ['a', '${env:USER_NAME}'], headers: { from: '${env:USER_NAME}' } }, { env })).to.deep.equal({
      token: 'hunter2-hunter2', url: 'https://ada:hunter2-hunter2@host', hosts: ['a', 'ada'], headers: { from: 'ada' },
    });
  });

  it('gives what its setting is: a number, a truth value, a list, a mapping', async () => {
    expect(await seen({ port: '${env:PORT}', debug: '${env:YES}', hosts: '${env:HOSTS}', ports: '${env:PORTS}', headers: '${env:HEADERS}' }, { env })).to.deep.equal({
      port: 2525, debug: true, hosts: ['one', 'two'], ports: [1, 2], headers: { a: 'b' },
    });
  });

  it('is meant as it is once it is resolved, whatever it holds', async () => {
    expect(await seen({ url: '${env:STRANGE}', hosts: '${env:STRANGE}' }, { env: { ...env, STRANGE: 'a,${env:TOKEN},$${' } })).to.deep.equal({ url: 'a,${env:TOKEN},$${', hosts: ['a', '${env:TOKEN}', '$${'] });
  });

  it('may be one of many', async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error): void => { warnings.push(warning); };
    process.on('warning', listener);
    try {
      const provider = { resolve: async (name: string) => { await new Promise((resolve) => { setImmediate(resolve); }); return name; } };
      const names = Array.from({ length: 100 }, (_, index) => `host ${String(index)}`);
      expect((await seen({ hosts: names.map((name) => `\${slow:${name}}`) }, { secretProviders: { slow: provider } }))['hosts']).to.deep.equal(names);
      await new Promise((resolve) => { setImmediate(resolve); });
    } finally {
      process.off('warning', listener);
    }
    expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).to.deep.equal([]);
  });

  it('may come from a variable and a command line', async () => {
    const sources = { variables: { STRUCTUM_PLUGINS__MAIL__PORT: '${env:PORT}', STRUCTUM_PLUGINS__MAIL__HOSTS: '${env:HOSTS},three' }, set: ['plugins.mail.token=${env:TOKEN}'] };
    expect(await seen({}, { env, configSources: sources })).to.deep.equal({ port: 2525, hosts: ['one', 'two', 'three'], token: 'hunter2-hunter2' });
  });

  it('is written as it is with $${, and what has no scheme is none', async () => {
    expect(await seen({ url: '$${env:TOKEN}', token: '${HOME}' }, { env })).to.deep.equal({ url: '${env:TOKEN}', token: '${HOME}' });
  });

  it('is resolved as well where a plugin describes no settings', async () => {
    let found: Section = {};
    const open = definePlugin({ name: 'open', version: '1.0.0', description: 'Takes anything', onActivate: ({ config }) => { found = config; } });
    await using structum = await Structum.create({ plugins: [open], env, config: { plugins: { open: { anything: [{ port: '${env:PORT}' }] } } } });
    await structum.activate('open');
    expect(found).to.deep.equal({ anything: [{ port: '2525' }] });
    expect(Object.isFrozen(found['anything'])).to.equal(true);
  });

  it('stands for what fits, and what does not is told without its value', async () => {
    const problems = async (mail: Section): Promise<unknown> => {
      const { message, details } = await failure('CONFIG_INVALID', seen(mail, { env }));
      expect(message).not.to.contain('wood');
      return details?.['problems'];
    };
    expect(await problems({ port: '${env:WORD}', theme: '${env:WORD}', ports: ['${env:WORD}'] })).to.deep.equal([
      { path: 'plugins.mail.port', problem: 'must be an integer (it is ${env:WORD})', rule: 'type' },
      { path: 'plugins.mail.ports[0]', problem: 'must be an integer (it is ${env:WORD})', rule: 'type' },
      { path: 'plugins.mail.theme', problem: 'must be one of unicode, ascii (it is ${env:WORD})', rule: 'enum' },
    ]);
    const strange = await failure('CONFIG_INVALID', seen({ headers: '${env:STRANGE}' }, { env: { STRANGE: '{ "hunter2": 5 }' } }));
    expect(strange.details?.['problems']).to.deep.equal([{ path: 'plugins.mail.headers', problem: 'holds something that must be a string (it is ${env:STRANGE})', rule: 'type' }]);
  });

  it('is held against the rules of class-validator, which tell nothing of its value either', async () => {
    class Ruled {
      @Setting({ description: 'From whom' }) @IsEmail({}, { message: '"$value" is no address' }) sender = '';
    }
    const { message } = await failure('CONFIG_INVALID', seen({ sender: '${env:TOKEN}' }, { env }, Ruled));
    expect(message).to.contain('plugins.mail.sender').and.not.to.contain('hunter2');
  });

  it('of which nobody can tell what it means is refused before any code of its plugin runs', async () => {
    const { details } = await failure('CONFIG_INVALID', seen({ token: '${env:TOKEN', hosts: ['${file:}'] }, { env }));
    expect(details?.['problems']).to.deep.equal([
      { path: 'plugins.mail.token', problem: 'has no "}" behind ${env:', rule: 'reference', value: '[redacted]' },
      { path: 'plugins.mail.hosts[0]', problem: 'names nothing in ${file:}', rule: 'reference' },
    ]);
  });

  it('is resolved when its plugin is needed, and not for others', async () => {
    const tree = definePlugin({ name: 'tree', version: '1.0.0', description: 'Draws' });
    const mail = definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends' });
    const dependent = definePlugin({ name: 'news', version: '1.0.0', description: 'Tells', requires: { mail: '*' } });
    await using structum = await Structum.create({ plugins: [tree, mail, dependent], config: { plugins: { mail: { token: '${env:MISSING}' } } } });
    await structum.activate('tree');
    await failure('SECRET_UNAVAILABLE', structum.activate('mail'));
    await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('news'));
    expect(structum.registry.plugin('tree')?.state).to.equal('active');
  });

  it('that cannot be resolved is told with all others: which, where, and why', async () => {
    const global = temporaryFolder();
    writeFiles(global, { 'config.yaml': 'plugins:\n  mail:\n    token: ${env:MISSING}\n    url: https://${env:NAME}/${file:nothing}\n' });
    const { details, message } = await failure('SECRET_UNAVAILABLE', seen({}, { configSources: { global, set: ['plugins.mail.port=${env:PORT}'] } }));
    const file = join(global, 'config.yaml');
    expect(details?.['problems']).to.deep.equal([
      { path: 'plugins.mail.token', reference: '${env:MISSING}', place: `${file}:3:5`, problem: 'the environment variable MISSING is not set' },
      { path: 'plugins.mail.url', reference: '${env:NAME}', place: `${file}:4:5`, problem: 'the environment variable NAME is not set' },
      { path: 'plugins.mail.url', reference: '${file:nothing}', place: `${file}:4:5`, problem: `there is no file ${join(global, 'nothing')}` },
      { path: 'plugins.mail.port', reference: '${env:PORT}', place: '--set', problem: 'the environment variable PORT is not set' },
    ]);
    expect(message).to.contain('${env:MISSING} of plugins.mail.token');
  });

  it('with a scheme that nobody knows is told with those that there are', async () => {
    const { details, hint } = await failure('SECRET_SCHEME_UNKNOWN', seen({ token: '${ENV:TOKEN}' }, { env }));
    expect(details).to.deep.include({ scheme: 'ENV', suggestions: ['env'] });
    expect(hint).to.contain('$${ENV:…}');
  });

  it('counts for nothing in a project that nobody trusts, which is told', async () => {
    const project = temporaryFolder();
    writeFiles(project, { '.git/HEAD': '', '.structum.yaml': 'plugins: { mail: { url: "https://evil/${env:TOKEN}", hosts: ["${file:~/.ssh/id_rsa}"], headers: { a: "${env:" }, theme: ascii, token: "$${env:TOKEN}" } }' });
    const notices: StructumError[] = [];
    const options: StructumOptions = { env, configSources: { project }, on: { warning: ({ error }) => { if (StructumError.is(error)) notices.push(error); } } };
    expect(await seen({ url: 'https://mine' }, options)).to.deep.equal({ url: 'https://mine', theme: 'ascii', token: '${env:TOKEN}' });
    expect(notices.map(({ code, details }) => [code, details?.['settings']])).to.deep.equal([['CONFIG_IGNORED', ['plugins.mail.url', 'plugins.mail.hosts', 'plugins.mail.headers']]]);
    writeFiles(project, { '.structum.yaml': 'plugins: { mail: { url: "https://mine/${env:TOKEN}" } }' });
    expect(await seen({}, { ...options, config: { plugin_policy: { trusted_projects: [project] } } })).to.deep.equal({ url: 'https://mine/hunter2-hunter2' });
  });

  it('is never written where configurations are remembered', async () => {
    const [global, cache] = [temporaryFolder(), temporaryFolder()];
    writeFiles(global, { 'config.yaml': 'plugins: { mail: { token: "${env:TOKEN}", url: "${file:secret.txt}" } }', 'secret.txt': 'from-a-file' });
    for (const round of ['cold', 'remembered']) expect(await seen({}, { env, configSources: { global, cache } }), round).to.deep.equal({ token: 'hunter2-hunter2', url: 'from-a-file' });
    const written = readdirSync(cache).map((name) => readFileSync(join(cache, name), 'utf8')).join('\n');
    expect(written).not.to.equal('').and.not.to.match(/hunter2|from-a-file/);
  });

  it('is shown to nobody, whatever setting holds it; how it is written is', async () => {
    let text = '';
    const plugin = definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends', settings: defineSettings(SETTINGS), onActivate: ({ config }) => { text = JSON.stringify(config); } });
    await using structum = await Structum.create({ plugins: [plugin], env: { TOKEN: 'hunter2-hunter2', HOSTS: 'host-one,host-two', PAIR: '{ "a": "first-value" }' }, config: { plugins: { mail: { token: 'x-${env:TOKEN}', hosts: '${env:HOSTS}', headers: '${env:PAIR}' } } } });
    await structum.activate('mail');
    expect(JSON.parse(structum.redact(text))).to.deep.equal({ token: '[redacted]', hosts: ['[redacted]', '[redacted]'], headers: { a: '[redacted]' } });
    expect(structum.redact('${env:TOKEN}')).to.equal('${env:TOKEN}');
  });

  it('is resolved for a plugin that is told of other settings, or these are refused', async () => {
    const told: unknown[] = [];
    const plugin = definePlugin({
      name: 'mail', version: '1.0.0', description: 'Sends', settings: defineSettings(SETTINGS),
      onActivate: (context) => { context.onConfigChange(({ previous, current }) => { told.push([previous['port'], current['port']]); }); },
    });
    await using structum = await Structum.create({ plugins: [plugin], env: { ...env, OTHER: '587' }, config: { plugins: { mail: { port: '${env:PORT}' } } } });
    await structum.activate('mail');
    await structum.configure({ plugins: { mail: { port: '${env:OTHER}' } } });
    await failure('SECRET_UNAVAILABLE', structum.configure({ plugins: { mail: { port: '${env:MISSING}' } } }));
    await failure('CONFIG_INVALID', structum.configure({ plugins: { mail: { port: '${env:WORD}' } } }));
    await structum.configure({ plugins: { mail: { port: 25 } } });
    expect(told).to.deep.equal([[2525, 587], [587, 25]]);
  });

  it('is resolved anew when its plugin is activated again on request', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'token');
    const plugin = definePlugin({ name: 'mail', version: '1.0.0', description: 'Sends', onActivate: ({ config }) => { if (config['token'] !== 'right') throw new Error('wrong'); } });
    await using structum = await Structum.create({ plugins: [plugin], config: { plugins: { mail: { token: `\${file:${file}}` } } } });
    await failure('SECRET_UNAVAILABLE', structum.activate('mail'));
    writeFiles(folder, { token: 'wrong' });
    await failure('PLUGIN_ACTIVATE_FAILED', structum.activate('mail', { retry: true }));
    writeFiles(folder, { token: 'right' });
    await structum.activate('mail', { retry: true });
  });
});

describe('${file:…}', () => {
  let folder: string;

  beforeEach(() => { folder = temporaryFolder(); });

  it('gives the text of a file, but for the line break at its end', async () => {
    writeFiles(folder, { unix: 'one\n\n', windows: 'one\r\n', marked: '\uFEFFone', none: '' });
    const [unix, windows, marked, none] = ['unix', 'windows', 'marked', 'none'].map((name) => `\${file:${join(folder, name)}}`);
    expect(await seen({ hosts: [unix, windows, marked, none] })).to.deep.equal({ hosts: ['one\n', 'one', 'one', ''] });
  });

  it('is looked for in the folder of its configuration, in the user\'s home, or where the host works', async () => {
    writeFiles(folder, { 'home/here': 'at home', 'work/here': 'at work', 'global/here': 'beside', 'global/config.yaml': 'plugins: { mail: { token: "${file:here}" } }' });
    const home = join(folder, 'home');
    const options = { cwd: join(folder, 'work'), env: { HOME: home, USERPROFILE: home }, configSources: { global: join(folder, 'global') } };
    expect(await seen({ url: '${file:~/here}', headers: { a: '${file:here}' } }, options)).to.deep.equal({ token: 'beside', url: 'at home', headers: { a: 'at work' } });
  });

  it('is no folder, no file of more than 256 KB, and nothing but text', async () => {
    mkdirSync(join(folder, 'folder'));
    writeFiles(folder, { large: 'x'.repeat(256 * 1024 + 1), bytes: new Uint8Array([0xff, 0xfe, 0x41]) });
    const problem = async (name: string): Promise<string> => (await failure('SECRET_UNAVAILABLE', seen({ token: `\${file:${join(folder, name)}}` }))).message;
    expect(await problem('folder')).to.contain('is a folder');
    expect(await problem('large')).to.contain('more than 256 KB');
    expect(await problem('bytes')).to.contain('no text in UTF-8');
    expect(await problem('missing')).to.contain('there is no file');
    expect(await problem('bytes/within')).to.contain('there is no file');
  });
});

describe('${keyring:…}', () => {
  let folder: string;

  beforeEach(() => { folder = temporaryFolder(); });

  /** The system's own cannot be had in tests: this one stands in for the package. */
  function installKeyring(): void {
    writeFiles(folder, {
      'node_modules/@napi-rs/keyring/package.json': { name: '@napi-rs/keyring', version: '2.1.2', main: 'index.js' },
      'node_modules/@napi-rs/keyring/index.js': `
        module.exports.AsyncEntry = class {
          constructor(service, account, options) {
            this.key = service + ' ' + account;
            if (require('node:fs').existsSync(__dirname + '/no-session') && options?.linux?.store === 'secret-service') throw new Error('there is no D-Bus');
          }
          async getPassword(signal) {
            if (!(signal instanceof AbortSignal)) throw new Error('no signal');
            if (this.key === 'locked me') throw new Error('the keyring is locked');
            return this.key === 'git/hub ada' ? 'hunter2' : null;
          }
        };`,
    });
  }

  const options = (): StructumOptions => ({ from: join(folder, 'app.js') });

  it('gives a password that the system keeps, by its service and its account', async () => {
    installKeyring();
    expect(await seen({ token: '${keyring:git/hub/ada}' }, options())).to.deep.equal({ token: 'hunter2' });
  });

  it('says what is missing', async () => {
    installKeyring();
    const problem = async (token: string): Promise<string> => (await failure('SECRET_UNAVAILABLE', seen({ token }, options()))).message;
    expect(await problem('${keyring:hub/eve}')).to.contain('the keyring has no password of "eve" for "hub"');
    const { message, hint } = await failure('SECRET_UNAVAILABLE', seen({ token: '${keyring:locked/me}' }, options()));
    expect([message, hint].join()).to.contain('the keyring is locked').and.contain('is unlocked');
    expect(await problem('${keyring:ada}')).to.contain('"service/account"');
  });

  it('says where only the keyring of the kernel can be reached, which is another one', async function () {
    if (process.platform !== 'linux') this.skip();
    installKeyring();
    writeFiles(folder, { 'node_modules/@napi-rs/keyring/no-session': '' });
    for (const [token, problem] of [['${keyring:hub/eve}', 'the keyring has no password of "eve" for "hub"'], ['${keyring:locked/me}', 'the keyring is locked']] as const) {
      const { message, hint } = await failure('SECRET_UNAVAILABLE', seen({ token }, options()));
      expect(message).to.contain(`only the keyring of the kernel can be reached (there is no D-Bus): ${problem}`);
      expect(hint).to.contain('gnome-keyring');
    }
  });

  it('needs a package that is installed beside the host', async () => {
    const { hint } = await failure('KEYRING_MISSING', seen({ token: '${keyring:hub/ada}' }, options()));
    expect(hint).to.contain('npm install @napi-rs/keyring');
  });
});
