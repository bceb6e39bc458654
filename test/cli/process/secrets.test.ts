import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, finished, type Finished } from '../../support/cli-installation.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { hasPseudoTerminals, startOnTerminal } from '../../support/pseudo-terminal.js';

const TOKEN = 'tok"9f8e\\7d6c☃5b/4a+3?&=';
const KEY = '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nw0BAQEFAASCBKcwggSj\n-----END KEY-----\n';
const PIN = 7391542;
/** So long that Node and V8 show only parts of it, of which none of ten characters may stand anywhere. */
const LONG = Array.from({ length: 12_000 }, (_, index) => ((index * 7919) % 1009 % 36).toString(36)).join('');

/** Everything in which one of them would show. */
const LEAKS: readonly string[] = [TOKEN, KEY, String(PIN), ...KEY.trim().split('\n')].flatMap((secret) => [
  secret, secret.trim(), JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), encodeURI(secret), new URLSearchParams({ k: secret }).toString().slice(2),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('base64url'),
  Buffer.from(secret).toString('hex'), Buffer.from(secret).join(','), Buffer.from(`ada:${secret}`).toString('base64').replace(/=+$/, ''),
]);

const PARTS: readonly string[] = [LONG, TOKEN, KEY.split('\n')[1] ?? ''].flatMap((secret) => Array.from({ length: Math.max(0, secret.length - 9) }, (_, at) => secret.slice(at, at + 10)));

/** What the command `leak` does with the secrets in `s`, by accident. */
const WAYS: Readonly<Record<string, string>> = {
  'logs them': 'for (const level of ["error", "warn", "info", "debug"]) c.logger.child({ child: s.token })[level](`is ${s.token} ${s.key}`, { s, error: new Error(s.token, { cause: s.key }) });',
  'writes them': 'c.output?.line(s.token); c.output?.write(Buffer.from(s.key)); c.output?.write(String(s.pin));',
  'writes them bit by bit': 'for (const part of s.token) c.output.write(part); for (const byte of Buffer.from(s.key)) c.output.write(Uint8Array.of(byte)); c.output.write("\\n");',
  'writes them as others do': 'for (const text of [s.token, s.key]) c.output.write([JSON.stringify({ text }), encodeURIComponent(text), new URLSearchParams({ text }), Buffer.from(text).toString("base64"), Buffer.from(text).toString("base64url"), require("util").inspect({ text })].join("\\n"));',
  'gives them': 'return { s, list: [s.token], map: new Map([[s.token, s.key]]), bytes: Buffer.from(String(s.key)), pin: s.pin, url: new URL("http://me@host/?" + new URLSearchParams(s)) .href };',
  'shows how far it is': 'c.logger.info(s.token); for (let done = 0; done < 4; done += 1) { c.progress.report({ message: s.token, completed: done, total: 4 }); await require("node:timers/promises").setTimeout(100); }',
  'asks about them': 'if (!(await c.confirm(`Use ${s.token}?`))) throw new Error(s.token);',
  'throws them': 'throw new Error(`not ${s.token}`, { cause: new AggregateError([new TypeError(s.key)], s.token) });',
  'throws them after a while': 'await new Promise(setImmediate); throw Object.assign(new Error(s.key), { token: s.token, headers: { authorization: s.token } });',
  'throws a text': 'throw s.token;',
  'throws an error of its own': 'throw new StructumError({ code: "LEAKED", message: s.token, hint: s.key, details: { s }, cause: new Error(s.token) });',
  'throws in a timer': 'setTimeout(() => { throw new Error(s.token, { cause: s.key }); }); await require("node:timers/promises").setTimeout(60_000, undefined, { signal: c.signal });',
  'rejects unheard': 'Promise.reject(new Error(s.key)); await require("node:timers/promises").setTimeout(60_000, undefined, { signal: c.signal });',
  'rejects with data': 'c.logger.info(s.token); Promise.reject({ token: s.token }); await require("node:timers/promises").setTimeout(60_000, undefined, { signal: c.signal });',
  'throws when all is over': 'process.once("beforeExit", () => { throw new Error(s.token, { cause: s.key }); }); c.logger.info(s.token);',
  'uses the console': 'console.log(s.token, s); console.error(s.key); console.table([s]); console.dir({ s }); console.trace(s.token);',
  'shows them as what they are not': 'class Key { #key = s.key; get own() { return this.#key; } [Symbol.for("nodejs.util.inspect.custom")]() { return this.#key; } } for (const text of [s.token, s.key]) console.log(new Map([[text, new Set([text])]]), Buffer.from(text), JSON.stringify(Buffer.from(text)), Buffer.from(text).toString("hex"), Symbol(text), new Key(), Object.assign(() => 1, { text }), new URLSearchParams({ text }), BigInt(s.pin), Buffer.from("ada:" + text).toString("base64"), new AggregateError([new Error(text)], "all")); c.logger.error("no", { key: new Key(), symbol: Symbol(s.token), bytes: new Uint8Array(Buffer.from(s.key)) });',
  'writes past the host': 'stdout.write(s.token + "\\n"); process.stderr.write(Buffer.from(s.key)); process.stdout.write(Buffer.from(s.token).toString("hex"), "hex");',
  'writes past the host bit by bit': 'for (const part of s.token) process.stdout.write(part); for (const byte of Buffer.from(s.key)) process.stderr.write(Uint8Array.of(byte));',
  'makes Node shorten them': 'for (const tell of [() => Buffer.alloc(s.long), () => JSON.parse(s.long), () => JSON.parse(s.token), () => BigInt(s.long), () => require("assert").strictEqual(s.long, "x"), () => require("fs").openSync("x", s.long)]) try { tell(); } catch (error) { console.log(error); c.logger.error(error.message, { error }); } console.log({ s }, [s.long, s.long], new Map([[s.long, 1]])); return { s };',
  'fails as Node shortens them': 'c.logger.info(s.long); Buffer.alloc(s.long);',
  'has the process warn': 'process.emitWarning(s.token, { detail: s.key }); process.emitWarning(new Error(s.token)); await new Promise(setImmediate);',
};

const PLUGIN = `
  const { stdout } = require('node:process');
  const { defineCommand, definePlugin, defineSettings, StructumError } = require('@structum/core');
  if (process.env.LEAKY_LOAD) console.error('loaded with', process.env);
  const ways = { ${Object.entries(WAYS).map(([name, code]) => `${JSON.stringify(name)}: async (s, c) => { ${code} }`).join(',\n')} };
  exports.default = definePlugin({
    name: 'leaky', description: 'Leaks',
    settings: defineSettings({
      token: { description: 'A secret', type: 'string', secret: true },
      key: { description: 'Another one', type: 'string', secret: true },
      long: { description: 'A long one', type: 'string', secret: true },
      pin: { description: 'And a number', type: 'integer', secret: true },
    }),
    commands: [
      defineCommand({ path: 'leak', description: 'Leaks', arguments: { way: { description: 'How' } }, execute: ({ way }, context) => ways[way](context.config, context) }),
      defineCommand({ path: 'drip', description: 'Leaks bit by bit', async *execute(_input, { config }) { yield config.token; yield { key: config.key, pin: config.pin }; } }),
    ],
  });`;

const BROKEN = `
  const { defineCommand, definePlugin, defineSettings } = require('@structum/core');
  exports.default = definePlugin({
    name: 'broken', description: 'Does not come up',
    settings: defineSettings({ token: { description: 'A secret', type: 'string', secret: true } }),
    onActivate: ({ config }) => { throw new Error('not with ' + config.token, { cause: config.token }); },
    commands: [defineCommand({ path: 'broken', description: 'Does not run', execute: () => 'ran' })],
  });`;

const STARTED = `
  const { definePlugin, defineSettings } = require('@structum/core');
  exports.default = definePlugin({
    name: 'started', description: 'Is up from the start', activation: ['onStart'],
    settings: defineSettings({ token: { description: 'A secret', type: 'string', secret: true } }),
    checkHealth: () => ({ status: 'DEGRADED', reason: 'no ' }),
  });`;

describe('structum: secrets in settings', function () {
  this.timeout(120_000);

  let cli: CliInstallation;
  let home: string;
  let env: Record<string, string>;

  before(async () => {
    cli = new CliInstallation().link('config').link('plugins');
    await cli.add('leaky', PLUGIN);
    await cli.add('broken', BROKEN);
    await cli.add('started', STARTED);
  });

  beforeEach(() => {
    home = temporaryFolder();
    env = { LEAKY_PIN: String(PIN), LEAKY_LONG: LONG, HOME: home, USERPROFILE: home, ...Object.fromEntries(['config', 'cache', 'data', 'state'].map((kind) => [`STRUCTUM_${kind.toUpperCase()}_HOME`, join(home, kind)])) };
    plant({ leaky: { token: TOKEN, key: '${file:secrets/key}', pin: '${env:LEAKY_PIN}', long: '${env:LEAKY_LONG}' }, broken: { token: '${file:secrets/token}' } });
    writeFiles(home, { 'config/secrets/key': KEY, 'config/secrets/token': TOKEN });
  });

  const plant = (plugins: object): void => { writeFiles(home, { 'config/config.yaml': JSON.stringify({ plugins }) }); };
  const run = (...args: readonly string[]): Promise<Finished> => cli.run(args, { env });

  /** Fails where a secret stands in what was printed, or in any file but the one that it was planted in. */
  function expectNoLeak(...runs: readonly Finished[]): void {
    rmSync(join(home, 'config'), { recursive: true, force: true });
    const texts = new Map(runs.flatMap(({ stdout, stderr }, index) => [[`stdout ${String(index)}`, stdout], [`stderr ${String(index)}`, stderr]]));
    for (const file of filesIn(home)) texts.set(file, readFileSync(file, 'latin1'));
    for (const [place, text] of texts) {
      for (const part of PARTS) if (text.includes(part)) expect.fail(`${part} is in ${place}:\n${text.slice(0, 4000)}`);
      for (const leak of LEAKS) if (text.includes(leak) || text.includes(Buffer.from(leak).toString('latin1'))) expect.fail(`${leak} is in ${place}:\n${text.slice(0, 4000)}`);
    }
  }

  for (const way of Object.keys(WAYS)) {
    it(`show nowhere where a plugin ${way}`, async () => {
      const runs = await Promise.all([['leak', way, '--verbose'], ['leak', way, '--json', '--verbose']].map((args) => run(...args)));
      expect(runs.map(({ stdout, stderr }) => stdout + stderr).join('')).to.include('[redacted]');
      expectNoLeak(...runs);
    });
  }

  it('show nowhere on a terminal, also where that is narrow and in colours', async function () {
    if (!hasPseudoTerminals()) this.skip();
    const runs: Finished[] = [];
    for (const [way, answer] of [['shows how far it is', ''], ['asks about them', 'n\n'], ['gives them', ''], ['uses the console', '']] as const) {
      const child = startOnTerminal([process.execPath, cli.bin, 'leak', way], { cwd: cli.folder, env, columns: 24 });
      child.stdin?.write(answer);
      runs.push(await finished(child));
    }
    for (const { stdout } of runs) expect(stdout).to.include('[redacted]').and.not.include(TOKEN.slice(0, 8));
    expectNoLeak(...runs);
  });

  it('show nowhere where a plugin streams them', async () => {
    const [text, json] = await Promise.all([run('drip'), run('drip', '--json')]);
    expect(json).to.include({ code: 0, stdout: '"[redacted]"\n{"key":"[redacted]","pin":"[redacted]"}\n' });
    expect(text.stdout).to.equal("[redacted]\n{ key: '[redacted]', pin: '[redacted]' }\n");
    expectNoLeak(text, json);
  });

  it('show nowhere where a plugin cannot come up because of them', async () => {
    const runs = [await run('broken', '--verbose'), await run('broken', '--json', '--verbose')];
    expect(runs.map(({ code }) => code)).to.deep.equal([1, 1]);
    expect(runs[0]?.stderr).to.include('not with [redacted]');
    expectNoLeak(...runs);
  });

  it('show nowhere where a plugin tells its environment as soon as it is loaded', async () => {
    const run = await cli.run(['leak', 'gives them', '--verbose'], { env: { ...env, LEAKY_LOAD: '1' } });
    expect(run.stderr).to.include("LEAKY_PIN: '[redacted]'");
    expectNoLeak(run);
  });

  it('show nowhere where they come from a variable or the command line', async () => {
    plant({});
    const runs = [
      await cli.run(['leak', 'gives them', '--verbose'], { env: { ...env, STRUCTUM_PLUGINS__LEAKY__TOKEN: TOKEN } }),
      await run('leak', 'gives them', '--set', `plugins.leaky.token=${TOKEN}`),
    ];
    for (const { stdout } of runs) expect(stdout).to.include("token: '[redacted]'");
    expectNoLeak(...runs);
  });

  it('show nowhere where they are a part of a setting, or come from a program', async () => {
    plant({ leaky: { token: `\${env:LEAKY_PIN}-${TOKEN}`, key: `\${exec:"${process.execPath}" print.cjs}` } });
    writeFiles(home, { 'config/print.cjs': `process.stdout.write(${JSON.stringify(KEY)})` });
    const runs = [await run('leak', 'gives them', '--set', 'secrets.allow_exec=true'), await run('leak', 'throws them', '--verbose', '--set', 'secrets.allow_exec=true')];
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 1]);
    expectNoLeak(...runs);
  });

  it('show nowhere where references do not give what they should', async () => {
    plant({ leaky: { token: TOKEN, pin: '${file:secrets/key}' } });
    const wrong = await run('leak', 'gives them', '--verbose');
    plant({ leaky: { token: `\${env:${TOKEN}`, key: `\${leaky:${TOKEN}}`, pin: PIN } });
    const runs = [wrong, await run('leak', 'gives them', '--verbose')];
    for (const { code } of runs) expect(code).not.to.equal(0);
    expectNoLeak(...runs);
  });

  it('show nowhere where they are not what they should be', async () => {
    plant({ leaky: { token: { a: TOKEN }, key: [KEY], pin: `${String(PIN)}x` } });
    const runs = [await run('leak', 'gives them', '--verbose'), await run('config', 'validate'), await run('config', 'validate', '--json')];
    expect(runs[0]?.stderr).to.include('plugins.leaky.token must be a string');
    expectNoLeak(...runs);
  });

  it('show nowhere where files that hold them cannot be read', async () => {
    const runs: Finished[] = [];
    for (const [name, text] of Object.entries({
      'config.json': `{ "plugins": { "leaky": { "token": ${PIN}x${TOKEN}, 'key': '${TOKEN}', "pin": ${PIN} ${PIN} } } }`,
      'config.yaml': `plugins:\n  leaky: { token: *${PIN}, key: "${PIN}\n  ? ${PIN}: ${PIN}`,
      'config.toml': `[plugins.leaky]\ntoken = ${PIN}x\nkey = "${PIN}\n`,
    })) {
      rmSync(join(home, 'config'), { recursive: true, force: true });
      writeFiles(home, { [`config/${name}`]: text });
      runs.push(await run('leak', 'gives them', '--verbose'), await run('config', 'validate'));
    }
    for (const { code } of runs) expect(code).not.to.equal(0);
    expectNoLeak(...runs);
  });

  it('show nowhere where settings are looked at', async () => {
    const runs = await Promise.all([['list', '--show-origin'], ['list', '--json'], ['get', 'plugins.leaky.token'], ['explain', 'plugins.leaky.key'], ['explain', 'plugins.leaky', '--json'], ['validate'], ['validate', '--json'], ['schema'], ['diff', 'production']].map((args) => run('config', ...args, '--verbose')));
    expectNoLeak(...runs);
  });

  it('show where somebody asks to see them, also of a plugin that is up', async () => {
    for (const token of [TOKEN, '${file:secrets/token}']) {
      plant({ started: { token } });
      expect(await run('config', 'get', 'plugins.started.token', '--reveal')).to.deep.include({ code: 0, stdout: `${TOKEN}\n` });
      expect(JSON.parse((await run('config', 'get', 'plugins.started.token', '--reveal', '--json')).stdout)).to.include({ value: TOKEN });
    }
    expectNoLeak(await run('config', 'get', 'plugins.started.token', '--verbose'));
  });

  it('cost nothing where there are none: no code for them is loaded', async () => {
    plant({});
    writeFileSync(join(home, 'hook.cjs'), `process.on('exit', () => { process.stderr.write(Object.keys(require.cache).filter((file) => /redaction/.test(file)).join('\\n')); });`);
    const loaded = async (): Promise<string> => (await cli.run(['leak', 'gives them'], { env: { ...env, NODE_OPTIONS: `--require ${JSON.stringify(join(home, 'hook.cjs'))}` } })).stderr;
    expect(await loaded()).to.equal('');
    plant({ leaky: { token: TOKEN } });
    expect(await loaded()).to.match(/redaction\.cjs$/);
  });
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
