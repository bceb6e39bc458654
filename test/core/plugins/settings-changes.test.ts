import { join } from 'node:path';
import {
  defineCommand, definePlugin, defineSettings, Plugin, PolicyService, Setting, Structum, StructumError,
  type PluginClass, type PluginContext, type PluginDefinition, type PolicyStore, type SettingProblem, type SettingsChange, type StructumOptions,
} from '@structum/core';
import { Min } from 'class-validator';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { PluginFolder } from './reload/plugin-folder.js';

/** Somebody waits until it is released. */
class Gate {
  readonly opened: Promise<void>;
  open: () => void = () => undefined;

  constructor() {
    this.opened = new Promise((resolve) => { this.open = resolve; });
  }
}

describe('settings of plugins that change while they are up', () => {
  let structum: Structum;
  let log: string[];
  let warnings: StructumError[];

  beforeEach(() => {
    log = [];
    warnings = [];
  });

  afterEach(async () => { await structum.dispose(); });

  const SETTINGS = defineSettings({
    mood: { description: 'Mood', default: 'good' }, maxDepth: { description: 'Depth', default: 1, minimum: 1 },
    colors: { description: 'Colours', type: 'object' },
  });

  const plugin = (name: string, definition: Partial<PluginDefinition> = {}): PluginClass => definePlugin({
    name, version: '1.0.0', description: name, settings: SETTINGS,
    commands: [defineCommand({ path: name, description: name, execute: (_input, { config }) => config['mood'] })],
    ...definition,
  });

  /** One that says what it is told, and does then what `listener` does. */
  const listening = (name: string, listener: (change: SettingsChange) => void | Promise<void> = () => undefined): PluginClass => plugin(name, {
    onActivate: (context) => {
      log.push(`${name} up ${String(context.config['mood'])}`);
      context.onConfigChange((change) => {
        log.push(`${name} told ${String(change.current['mood'])}`);
        return listener(change);
      });
    },
    onDeactivate: () => { log.push(`${name} down`); },
  });

  async function up(plugins: readonly PluginClass[], { settings = {}, ...options }: StructumOptions & { readonly settings?: object } = {}): Promise<void> {
    structum = await Structum.create({ plugins, config: { plugins: settings }, on: { warning: ({ error }) => { if (StructumError.is(error)) warnings.push(error); } }, ...options });
    for (const { name } of structum.registry.plugins) await structum.activate(name);
  }

  const configure = (plugins: object): Promise<void> => structum.configure({ plugins });

  describe('are told to one that asks for it', () => {
    it('with those before, and what of them is different', async () => {
      const changes: SettingsChange[] = [];
      let context: PluginContext | undefined;
      await up([plugin('one', { onActivate: (given) => {
        context = given;
        given.onConfigChange((change) => { changes.push(change); });
      } })], { settings: { one: { colors: { folder: 'blue', file: 'red' } } } });
      await configure({ one: { max_depth: 3, colors: { folder: 'green', file: 'red' } } });
      const previous = { mood: 'good', maxDepth: 1, colors: { folder: 'blue', file: 'red' } };
      const current = { mood: 'good', maxDepth: 3, colors: { folder: 'green', file: 'red' } };
      expect(changes.map((change) => ({ ...change, previous: { ...change.previous }, current: { ...change.current } }))).to.deep.equal([{ previous, current, changed: ['colors.folder', 'max_depth'] }]);
      expect(context?.config).to.equal(changes[0]?.current);
      expect([changes[0]?.previous, changes[0]?.current, changes[0]?.changed].every(Object.isFrozen)).to.equal(true);
    });

    it('of its own settings only, and not where they come to the same', async () => {
      await up([listening('one'), listening('two')]);
      await configure({ two: { mood: 'bad' }, one: { mood: 'good' } });
      expect(log).to.deep.equal(['one up good', 'two up good', 'two told bad']);
      expect([await structum.run('one'), await structum.run('two')]).to.deep.equal(['good', 'bad']);
    });

    it('with what references stand for by now, also of those that are written as before', async () => {
      const folder = temporaryFolder();
      writeFiles(folder, { token: 'first-token', copy: 'first-token' });
      const changes: SettingsChange[] = [];
      const settings = defineSettings({ token: { description: 'Token', secret: true }, mood: { description: 'Mood', default: 'good' } });
      await up([plugin('one', { settings, onActivate: (context) => { context.onConfigChange((change) => { changes.push(change); }); } })], { settings: { one: { token: `\${file:${join(folder, 'token')}}` } } });
      await configure({ one: { token: `\${file:${join(folder, 'copy')}}` } });
      expect(changes).to.deep.equal([]);
      writeFiles(folder, { copy: 'second-token' });
      await configure({ one: { token: `\${file:${join(folder, 'copy')}}`, mood: 'bad' } });
      expect(changes.map(({ previous, current, changed }) => [previous['token'], current['token'], changed])).to.deep.equal([['first-token', 'second-token', ['mood', 'token']]]);
    });

    it('with an instance of its settings class', async () => {
      class Drawing {
        @Setting({ description: 'Theme' }) theme = 'unicode';
        get isPlain(): boolean { return this.theme === 'ascii'; }
      }
      let isPlain: boolean | undefined;
      class Drawer {
        onActivate(context: PluginContext<Drawing>): void {
          context.onConfigChange(({ current }) => { ({ isPlain } = current); });
        }
      }
      Plugin({ name: 'drawer', version: '1.0.0', description: 'Draws', settings: Drawing })(Drawer);
      await up([Drawer]);
      await configure({ drawer: { theme: 'ascii' } });
      expect(isPlain).to.equal(true);
    });

    it('one after the other, each when it is done with the one before', async () => {
      const gates = [new Gate(), new Gate()];
      let count = 0;
      await up([listening('one', async ({ current }) => {
        await gates[count++]?.opened;
        log.push(`done ${String(current['mood'])}`);
      })]);
      const told = [configure({ one: { mood: 'bad' } }), configure({ one: { mood: 'worse' } })];
      gates[1]?.open();
      gates[0]?.open();
      await Promise.all(told);
      expect(log).to.deep.equal(['one up good', 'one told bad', 'done bad', 'one told worse', 'done worse']);
    });

    it('until it asks no more, or is down', async () => {
      const stops: (() => void)[] = [];
      await up([plugin('one', { onActivate: (context) => {
        const listener = ({ current }: SettingsChange): void => { log.push(String(current['mood'])); };
        stops.push(context.onConfigChange(listener), context.onConfigChange(listener));
      } })]);
      expect(structum.registry.plugin('one')?.owned).to.have.length(2);
      stops[0]?.();
      await configure({ one: { mood: 'bad' } });
      expect(log).to.deep.equal(['bad']);
      await structum.deactivate('one');
      expect(structum.registry.plugin('one')?.owned).to.deep.equal([]);
      await configure({ one: { mood: 'worse' } });
      expect(log).to.deep.equal(['bad']);
      expect(await structum.run('one')).to.equal('worse');
    });

    it('also where it fails, or takes too long, which is a warning and holds up nobody else', async () => {
      await up([
        listening('failing', () => { throw new StructumError({ code: 'PORT_TAKEN', message: 'the port is taken', hint: 'Take another one.' }); }),
        listening('hanging', () => new Promise(() => undefined)),
        listening('fine'),
      ], { limits: { configure: 30 } });
      const mood = { mood: 'bad' };
      await configure({ failing: mood, hanging: mood, fine: mood });
      expect(log.filter((line) => line.includes('told'))).to.deep.equal(['failing told bad', 'hanging told bad', 'fine told bad']);
      expect(warnings.map(({ code, details, hint }) => [code, details?.['plugin'], hint?.slice(0, 17)])).to.deep.equal([
        ['PLUGIN_CONFIGURE_FAILED', 'failing', 'Take another one.'], ['PLUGIN_PHASE_TIMEOUT', 'hanging', 'It may wait for s'],
      ]);
      expect(await structum.run('failing')).to.equal('bad');
    });

    it('and keep nobody from going down who does not end with them', async () => {
      await up([listening('hanging', () => new Promise(() => undefined))]);
      const configured = configure({ hanging: { mood: 'bad' } });
      while (!log.includes('hanging told bad')) await new Promise(setImmediate);
      await structum.dispose();
      await configured;
      expect(warnings).to.deep.equal([]);
      await failure('DISPOSED', configure({}));
    });
  });

  it('do not change for a command that runs', async () => {
    const gate = new Gate();
    const begun = new Gate();
    await up([plugin('one', {
      onActivate: (context) => { context.onConfigChange(() => undefined); },
      commands: [defineCommand({ path: 'one', description: 'x', execute: async (_input, context) => {
        begun.open();
        await gate.opened;
        return context.config['mood'];
      } })],
    })]);
    const running = structum.run('one');
    await begun.opened;
    await configure({ one: { mood: 'bad' } });
    const next = structum.run('one');
    gate.open();
    expect([await running, await next]).to.deep.equal(['good', 'bad']);
  });

  describe('have one come up anew that does not ask to be told', () => {
    const restarting = (name: string, more: Partial<PluginDefinition> = {}): PluginClass => plugin(name, {
      onActivate: ({ config }) => {
        if (config['mood'] === 'broken') throw new Error('no such mood');
        log.push(`${name} up ${String(config['mood'])}`);
      },
      onDeactivate: () => { log.push(`${name} down`); },
      ...more,
    });

    it('beside itself, and with it those that use it', async () => {
      await up([restarting('base'), restarting('user', { requires: { base: '*' } }), restarting('other')]);
      log.length = 0;
      await configure({ base: { mood: 'bad' } });
      while (log.length < 4) await new Promise(setImmediate);
      expect(log).to.deep.equal(['base up bad', 'user up good', 'user down', 'base down']);
      expect(await structum.run('base')).to.equal('bad');
      expect(structum.registry.plugin('base')).to.include({ state: 'active', generation: 1 });
    });

    it('and let it go on as it was where it does not come up', async () => {
      await up([restarting('one'), listening('two')]);
      await configure({ one: { mood: 'broken' }, two: { mood: 'bad' } });
      expect(await structum.run('one')).to.equal('good');
      expect(await structum.run('two')).to.equal('bad');
      expect(warnings.map(({ code }) => code)).to.deep.equal(['RELOAD_FAILED']);
      await configure({ one: { mood: 'fine' } });
      expect(await structum.run('one')).to.equal('fine');
    });

    it('once, also where it uses another one that does', async () => {
      await up([restarting('base'), restarting('user', { requires: { base: '*' } })]);
      log.length = 0;
      await configure({ base: { mood: 'bad' }, user: { mood: 'bad' } });
      expect(log.filter((line) => line.includes('up'))).to.deep.equal(['base up bad', 'user up bad']);
      expect(await structum.run('user')).to.equal('bad');
    });

    it('and let it end its commands', async () => {
      const gate = new Gate();
      const begun = new Gate();
      await up([restarting('one', { commands: [defineCommand({ path: 'one', description: 'x', execute: async (_input, context) => {
        begun.open();
        if (context.config['mood'] === 'good') await gate.opened;
        return context.config['mood'];
      } })] })]);
      const running = structum.run('one');
      await begun.opened;
      await configure({ one: { mood: 'bad' } });
      expect(await structum.run('one')).to.equal('bad');
      gate.open();
      expect(await running).to.equal('good');
    });
  });

  it('are given to one that is on its way up', async () => {
    const gate = new Gate();
    const coming = new Gate();
    structum = await Structum.create({ plugins: [plugin('one', { onActivate: async (context) => {
      context.onConfigChange(({ current }) => { log.push(String(current['mood'])); });
      coming.open();
      await gate.opened;
    } })] });
    const activated = structum.activate('one');
    await coming.opened;
    const told = ['bad', 'worse'].map((mood) => configure({ one: { mood } }));
    let changes = 0;
    await new Promise<void>((resolve) => { structum.on('config:changed', () => { if (++changes === told.length) resolve(); }); });
    gate.open();
    await Promise.all([activated, ...told]);
    expect(log).to.deep.equal(['worse']);
    expect(await structum.run('one')).to.equal('worse');
  });

  it('are given to one that is being reloaded', async () => {
    const folder = new PluginFolder();
    folder.write('gated', { 'index.js': `
      import { defineCommand, definePlugin, defineSettings } from '@structum/core';
      export default definePlugin({
        name: 'gated', version: '1.0.0', description: 'x', settings: defineSettings({ mood: { description: 'x', default: 'good' } }),
        onActivate: (context) => { context.onConfigChange(() => undefined); return globalThis.structumTestActivation?.(); },
        commands: [defineCommand({ path: 'gated', description: 'x', execute: (_input, { config }) => config.mood })],
      });` });
    structum = await Structum.create({ from: folder.from, plugins: ['gated'] });
    await structum.activate('gated');
    const gate = new Gate();
    const reloading = new Gate();
    Object.assign(globalThis, { structumTestActivation: () => {
      reloading.open();
      return gate.opened;
    } });
    const reloaded = structum.reload('gated');
    await reloading.opened;
    const told = configure({ gated: { mood: 'bad' } });
    await new Promise<void>((resolve) => { structum.on('config:changed', () => { resolve(); }); });
    gate.open();
    await Promise.all([reloaded, told]);
    Object.assign(globalThis, { structumTestActivation: undefined });
    expect(await structum.run('gated')).to.equal('bad');
  });

  it('let one try again that failed because of them, and those that require it', async () => {
    structum = await Structum.create({ plugins: [plugin('base'), plugin('user', { requires: { base: '*' } })], config: { plugins: { base: { mood: 1 } } } });
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('user'));
    await configure({ base: { mood: 'bad' } });
    expect([await structum.run('user'), await structum.run('base')]).to.deep.equal(['good', 'bad']);
  });

  it('let one try again that could not have its secrets, once it may', async () => {
    structum = await Structum.create({ plugins: [plugin('one')], config: { plugins: { one: { mood: `\${exec:"${process.execPath}" -p 1+1}` } } } });
    await failure('SECRET_REFUSED', structum.run('one'));
    await structum.configure({ plugins: { one: { mood: `\${exec:"${process.execPath}" -p 1+1}` } }, secrets: { allow_exec: true } });
    expect(await structum.run('one')).to.equal('2');
  });

  describe('are refused as a whole', () => {
    it('where plugins say that they are wrong, with all that is wrong', async () => {
      await up([listening('one'), plugin('two')]);
      const error = await failure('CONFIG_INVALID', configure({ one: { mood: 1 }, two: { max_depth: 0, mood: 2 } }));
      expect((error.details?.['problems'] as readonly SettingProblem[]).map(({ path, problem }) => [path, problem])).to.deep.equal([
        ['plugins.one.mood', 'must be a string'], ['plugins.two.mood', 'must be a string'], ['plugins.two.max_depth', 'must be at least 1'],
      ]);
      expect(await structum.run('one')).to.equal('good');
      await structum.deactivate('one');
      expect(await structum.run('one')).to.equal('good');
    });

    it('where rules of class-validator, or the settings class itself, do not take them', async () => {
      class Ruled {
        @Setting({ description: 'At least' }) @Min(2) least = 2;
      }
      class Picky {
        #word = 'fine';
        @Setting({ description: 'A word', type: 'string' })
        set word(word: string) {
          if (word === 'bad') throw new Error('what a word');
          this.#word = word;
        }

        get word(): string { return this.#word; }
      }
      await up([plugin('ruled', { settings: Ruled, commands: [] }), plugin('picky', { settings: Picky, commands: [] })]);
      expect((await failure('CONFIG_INVALID', configure({ ruled: { least: 1 } }))).message).to.contain('plugins.ruled.least must not be less than 2');
      expect((await failure('CONFIG_INVALID', configure({ picky: { word: 'bad' } }))).message).to.contain('plugins.picky is refused by the plugin: what a word');
    });

    it('where a plugin that is not up does not describe them so', async () => {
      structum = await Structum.create({ plugins: [plugin('one')] });
      await failure('CONFIG_INVALID', configure({ one: { mood: 1 } }));
      expect(await structum.run('one')).to.equal('good');
    });

    it('unless the plugin is disabled', async () => {
      structum = await Structum.create({ plugins: [plugin('one')], config: { plugin_policy: { enabled: { one: false } } } });
      await structum.configure({ plugins: { one: { mood: 1 } }, plugin_policy: { enabled: { one: false } } });
    });
  });

  it('are heeded also where somebody enables a plugin', async () => {
    const global = temporaryFolder();
    let policies: PolicyStore | undefined;
    const keeper = definePlugin({ name: 'keeper', version: '1.0.0', description: 'x', permissions: { services: [PolicyService.id] }, onActivate: (context) => { policies = context.service(PolicyService); } });
    await up([keeper, listening('one')], { configSources: { global } });
    writeFiles(global, { 'config.yaml': 'plugins: { one: { mood: bad } }' });
    await policies?.setEnabled('other', false, 'user');
    expect(await structum.run('one')).to.equal('bad');
    // The file in which that is kept may be another one by now.
    writeFiles(global, { 'config.yaml': '' });
    const { file } = await policies?.read('user') ?? {};
    expect(file).to.equal(join(global, 'config.yaml'));
  });
});
