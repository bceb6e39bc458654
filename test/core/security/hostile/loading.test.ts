import { join } from 'node:path';
import { Structum } from '@structum/core';
import { expect } from 'chai';
import { linkCore, temporaryFolder } from '../../../support/folder.js';
import { either, fails, type Outcome } from '../../../support/hostile/attempt.js';
import { BYSTANDER, hostileConfig, packageFolder, settingsHere, settledOf } from '../../../support/hostile/hostile-host.js';
import { writeHostilePlugin, type HostileSource } from '../../../support/hostile/hostile-plugin.js';
import { processesWith } from '../../../support/hostile/surroundings.js';

const isFull = process.env['TEST_HOSTILE'] === 'full';

const failed = fails('PLUGIN_LOAD_FAILED', 'PLUGIN_ACTIVATE_FAILED');

/** What plugins do before any command of theirs runs; `hello` is asked for. */
const SOURCES: Readonly<Record<string, Pick<HostileSource, 'onLoad' | 'onActivate'> & { readonly outcome: Outcome; readonly long?: true }>> = {
  'exits while it is loaded': { onLoad: 'process.exit(0);', outcome: fails('PLUGIN_CRASHED') },
  'exits while it is activated': { onActivate: 'process.exit(0);', outcome: fails('PLUGIN_CRASHED') },
  'throws while it is loaded': { onLoad: 'throw new Proxy(new Error("x"), { get() { throw 1; } });', outcome: failed },
  'throws while it is activated': { onActivate: 'throw Object.defineProperty(new Error("x"), "message", { get() { throw 1; } });', outcome: failed },
  'never comes up': { onActivate: 'return new Promise(() => {});', outcome: fails('PLUGIN_PHASE_TIMEOUT') },
  'hangs while it is loaded': { onLoad: 'for (;;) ;', outcome: fails('PLUGIN_PHASE_TIMEOUT'), long: true },
  'hangs while it is activated': { onActivate: 'for (;;) ;', outcome: fails('PLUGIN_PHASE_TIMEOUT'), long: true },
  'fills its memory while it is loaded': { onLoad: 'for (const all = []; ;) all.push(Buffer.alloc(1e7, 1));', outcome: either(failed, fails('PLUGIN_CRASHED', 'LIMIT_EXCEEDED', 'PLUGIN_PHASE_TIMEOUT')) },
  'fills its heap while it is activated': { onActivate: 'for (const all = []; ;) all.push(new Array(1e5).fill({}).map((_, index) => ({ index })));', outcome: fails('PLUGIN_CRASHED', 'LIMIT_EXCEEDED', 'PLUGIN_PHASE_TIMEOUT') },
  'sends garbage while it is loaded': { onLoad: 'require("node:fs").writeSync(3, "x".repeat(1000)); for (const until = Date.now() + 300; Date.now() < until;) ;', outcome: fails('PROTOCOL_VIOLATION') },
  'closes its pipes while it is loaded': { onLoad: 'require("node:fs").closeSync(3);', outcome: fails('PLUGIN_CRASHED') },
};

/** Ways of changing what all objects are, before the code of the guest that runs afterwards; whatever becomes of the plugin itself. */
const POLLUTION: Readonly<Record<string, string>> = {
  'Object.prototype': 'for (const key of ["kind", "id", "method", "data", "call", "result", "news", "write", "code", "details", "get", "set", "value"]) Object.defineProperty(Object.prototype, key, { get() { return "polluted"; }, set() {}, configurable: true });',
  'promises': 'Promise.prototype.then = function () { return this; };',
  'JSON': 'JSON.stringify = () => \'{"__proto__":{"polluted":1},"kind":"answer"}\'; JSON.parse = () => ({ kind: "constructor" });',
  'lists': 'Array.prototype.map = () => []; Array.prototype[Symbol.iterator] = function* () {}; Array.prototype.push = () => 0;',
  'maps': 'Map.prototype.get = () => undefined; Map.prototype.set = function () { return this; };',
  'functions': 'Function.prototype.call = Function.prototype.apply = () => undefined; Reflect.apply = () => undefined;',
  'errors': 'globalThis.Error = class { constructor() { throw 1; } }; Error.captureStackTrace = () => { throw 1; };',
  'bytes': 'Buffer.from = () => ({}); Uint8Array.prototype.subarray = () => new Uint8Array(0); Buffer.allocUnsafe = () => Buffer.alloc(0);',
  'files': 'const fs = require("node:fs"); fs.writeSync = () => 1; fs.readSync = () => 0;',
};

for (const setting of settingsHere()) describe(`a plugin that means harm before its commands run, in ${setting.mode}, contained by ${setting.by}`, function () {
  this.timeout(60_000);
  const folder = join(temporaryFolder(), 'plugins');
  let structum: Structum;
  let names: readonly string[];

  before(async () => {
    const sources = [...Object.values(SOURCES), ...Object.values(POLLUTION).map((onLoad) => ({ onLoad: `require('@structum/core');\n${onLoad}` }))];
    linkCore(join(folder, '..'));
    names = sources.map((_source, index) => `harm${String(index)}`);
    for (const [index, source] of sources.entries()) await writeHostilePlugin(packageFolder(folder, `harm${String(index)}`), `harm${String(index)}`, { ...source, attempts: {} });
    await writeHostilePlugin(packageFolder(folder, BYSTANDER), BYSTANDER, { attempts: {} });
    const { security } = hostileConfig(setting.mode, []);
    const plugins = Object.fromEntries(names.map((name) => [name, { commands: { [`${name} hello`]: { limits: { wall_time: 500 } } } }]));
    structum = await Structum.create({
      discover: { host: false, folders: [folder] }, config: { security: { ...security, plugins } },
      limits: { load: 500, activate: 500, deactivate: 500 },
    });
  });

  after(async () => {
    await structum.dispose();
    expect(processesWith(folder)).to.deep.equal([]);
  });

  for (const [index, [what, { outcome, long }]] of Object.entries(SOURCES).entries()) {
    if (long === true && !isFull) continue;
    it(`fails where it ${what}`, async () => {
      outcome(await settledOf(structum.run(`harm${String(index)} hello`)));
      expect(await structum.run(`${BYSTANDER} hello`)).to.equal(`hello of ${BYSTANDER}`);
    });
  }

  for (const [index, what] of Object.keys(POLLUTION).entries()) {
    // It keeps its process from coming up: that is waited for as long as one may take.
    if (what === 'promises' && !isFull) continue;
    it(`moves nobody else where it changes ${what}`, async () => {
      const settled = await settledOf(structum.run(`harm${String(Object.keys(SOURCES).length + index)} hello`));
      expect(Object.keys(settled)).to.have.length(1);
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
      expect(await structum.run(`${BYSTANDER} hello`)).to.equal(`hello of ${BYSTANDER}`);
    });
  }
});
