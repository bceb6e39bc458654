import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, defineCommand, definePlugin, defineSettings, Structum, type ConfigSources, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../support/folder.js';
import { run, runNode } from '../support/run.js';
import { ConfigNews } from './config-news.js';

/** How many folders this process watches. */
function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
}

describe('structum.watchConfig', () => {
  let folder: string;
  let global: string;
  let file: string;
  let structum: Structum;
  let news: ConfigNews;
  let logged: string[];

  beforeEach(() => {
    folder = temporaryFolder();
    global = join(folder, 'home');
    file = join(global, 'config.yaml');
    logged = [];
  });

  afterEach(async () => { await structum.dispose(); });

  const moody = (name: string): PluginClass => definePlugin({
    name, version: '1.0.0', description: name,
    settings: defineSettings({ mood: { description: 'Mood', default: 'good' }, depth: { description: 'Depth', default: 1, minimum: 1 } }),
    commands: [defineCommand({ path: name, description: name, execute: (_input, { config }) => config['mood'] })],
  });

  async function watched(sources: ConfigSources = { global }): Promise<void> {
    structum = await Structum.create({
      plugins: [moody('one'), moody('two')], configSources: sources,
      logger: createLogger({ level: 'info', write: ({ level, message }) => { logged.push(`${level} ${message}`); } }),
    });
    news = new ConfigNews(structum);
    for (const name of ['one', 'two']) await structum.activate(name);
    structum.watchConfig({ debounce: 20 });
  }

  const mood = (mood: string): string => `plugins: { one: { mood: ${mood} } }`;
  const write = (path: string, text: string): void => { writeFiles(folder, { [path]: text }); };
  /** The mood of the plugin, once it has changed. */
  const changed = async (): Promise<unknown> => {
    expect(await news.changed()).to.deep.equal(['plugins.one.mood']);
    return structum.run('one');
  };

  describe('notices', () => {
    it('a file that is written, replaced as editors do it, removed, and made again, with its folder', async () => {
      await watched();
      write('home/config.yaml', mood('bad'));
      expect(await changed()).to.equal('bad');
      for (const next of ['worse', 'worst']) {
        write('home/config.yaml~', mood(next));
        renameSync(`${file}~`, file);
        expect(await changed()).to.equal(next);
      }
      rmSync(file);
      expect(await changed()).to.equal('good');
      write('home/config.yaml', mood('bad'));
      expect(await changed()).to.equal('bad');
      rmSync(global, { recursive: true });
      expect(await changed()).to.equal('good');
      write('home/config.yaml', mood('bad'));
      expect(await changed()).to.equal('bad');
    });

    it('the swap of a link on the way, as Kubernetes does it, each time', async function () {
      if (process.platform === 'win32') this.skip(); // links to files need a privilege there
      const mount = join(folder, 'mount');
      const swap = (version: string): void => {
        write(`mount/..${version}/config.yaml`, mood(version));
        symlinkSync(`..${version}`, join(mount, '..data_tmp'));
        renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
        for (const old of readdirSync(mount)) if (old.startsWith('..v') && old !== `..${version}`) rmSync(join(mount, old), { recursive: true });
      };
      swap('v1');
      symlinkSync('..data/config.yaml', join(mount, 'config.yaml'));
      // Linked from elsewhere, too: nothing happens in this folder.
      mkdirSync(global);
      symlinkSync(join(mount, 'config.yaml'), file);
      await watched();
      for (const version of ['v2', 'v3', 'v4']) {
        swap(version);
        expect(await changed()).to.equal(version);
      }
    });

    it('a change of the file that a link leads to', async function () {
      if (process.platform === 'win32') this.skip();
      write('dotfiles/structum.yaml', mood('linked'));
      mkdirSync(global);
      symlinkSync(join('..', 'dotfiles', 'structum.yaml'), file);
      await watched();
      write('dotfiles/structum.yaml', mood('bad'));
      expect(await changed()).to.equal('bad');
    });

    it('files that come later, for each layer, also of a project that begins nearer by then', async () => {
      const project = join(folder, 'project');
      writeFiles(project, { '.git/HEAD': '', 'src/x': '', '.structum.yaml': mood('outer') });
      await watched({ global, project: join(project, 'src'), environment: 'test' });
      expect(await structum.run('one')).to.equal('outer');
      for (const [path, next] of [['.structum.local.json', 'local'], ['src/.structum.yml', 'inner'], ['src/.structum.test.yaml', 'of test']] as const) {
        write(`project/${path}`, path.endsWith('json') ? JSON.stringify({ plugins: { one: { mood: next } } }) : mood(next));
        expect(await changed()).to.equal(next);
      }
      rmSync(join(project, 'src'), { recursive: true });
      expect(await changed()).to.equal('local');
    });

    it('what changed before it was watched', async () => {
      structum = await Structum.create({ plugins: [moody('one')], configSources: { global } });
      news = new ConfigNews(structum);
      write('home/config.yaml', mood('bad'));
      structum.watchConfig();
      expect(await changed()).to.equal('bad');
    });

    it('that a file goes which came, and was read, before anybody looked', async () => {
      await watched();
      write('home/config.yaml', mood('bad'));
      expect(await changed()).to.equal('bad');
      rmSync(file);
      expect(await changed()).to.equal('good');
    });

    it('changes that nobody tells of, where it looks by itself', async () => {
      structum = await Structum.create({ plugins: [moody('one')], configSources: { global } });
      news = new ConfigNews(structum);
      structum.watchConfig({ debounce: 20, poll: 20 });
      write('home/config.yaml', mood('bad'));
      expect(await changed()).to.equal('bad');
    });
  });

  it('tells the host what was set, what is set, and what of it is different', async () => {
    write('home/config.yaml', 'plugins: { one: { mood: bad, depth: 2 }, gone: { list: [1] } }\nplugin_policy: { aliases: { x: one } }');
    await watched();
    write('home/config.yaml', 'plugins: { one: { mood: bad, depth: 3 }, gone: { list: [1, 2] } }\nplugin_policy: { aliases: { y: one } }');
    expect(await news.next('config:changed')).to.deep.equal({
      previous: { plugins: { one: { mood: 'bad', depth: 2 }, gone: { list: '[redacted]' } }, plugin_policy: { aliases: { x: 'one' } } },
      current: { plugins: { one: { mood: 'bad', depth: 3 }, gone: { list: '[redacted]' } }, plugin_policy: { aliases: { y: 'one' } } },
      changed: ['plugin_policy.aliases.x', 'plugin_policy.aliases.y', 'plugins.gone.list', 'plugins.one.depth'],
    });
    expect(structum.registry.route(['y'])?.command.path).to.equal('one');
  });

  it('tells nothing where the same is said in other words', async () => {
    await watched();
    const judged: unknown[] = [];
    structum.on('plugin:changed', ({ plugin, to }) => { if (to === 'discovered') judged.push(plugin); });
    write('home/config.yaml', mood('bad'));
    await changed();
    write('home/config.yaml', '# Mine\nplugins:\n  one:\n    mood: "bad"\n');
    write('home/config.yaml', '# Mine\nplugins:\n  one:\n    mood: "worse"\n');
    expect(await changed()).to.equal('worse');
    expect([news.unread, judged]).to.deep.equal([[], []]);
  });

  it('ends with what its files say last, whatever they said meanwhile', async () => {
    await watched();
    const toml = join(global, 'config.toml');
    const steps: readonly ((step: number) => void)[] = [
      (step) => { write('home/config.yaml', mood(`m${String(step)}`)); },
      () => { write('home/config.yaml', 'plugins: ['); },
      () => { write('home/config.yaml', 'plugins: { one: { depth: 0 } }'); },
      () => { rmSync(global, { recursive: true, force: true }); },
      () => { write('home/config.toml', '[plugins.one]\nmood = "toml"\n'); },
      (step) => {
        write('home/next.yaml', mood(`r${String(step)}`));
        renameSync(join(global, 'next.yaml'), file);
      },
    ];
    for (let step = 0; step < 120; step += 1) {
      // Any order will do, and the same each time; some of them before anybody looks, and some after that.
      steps[(step * 7 + (step >> 3)) % steps.length]?.(step);
      if (step % 3 === 0) await new Promise((resolve) => { setTimeout(resolve, (step * 5) % 31); });
    }
    rmSync(toml, { force: true });
    write('home/config.yaml', mood('last'));
    const told = new Set<string>();
    while (await structum.run('one') !== 'last') told.add(await news.any());
    expect(told).to.include('config:changed');
  });

  it('stands a file that is replaced 200 times in all ways: what is told is what was written, in order, and the last one counts', async function () {
    this.timeout(60_000);
    const seen: (readonly [from: unknown, to: unknown])[] = [];
    let isLast: () => void = () => undefined;
    const done = new Promise<void>((resolve) => { isLast = resolve; });
    const attentive = definePlugin({
      name: 'one', version: '1.0.0', description: 'One', settings: defineSettings({ mood: { description: 'Mood', default: 'm0' } }),
      onActivate: (context) => {
        context.onConfigChange(({ previous, current }) => {
          seen.push([previous['mood'], current['mood']]);
          if (current['mood'] === 'm200') isLast();
        });
      },
    });
    structum = await Structum.create({
      plugins: [attentive], configSources: { global },
      logger: createLogger({ level: 'info', write: ({ level, message }) => { logged.push(`${level} ${message}`); } }),
    });
    await structum.activate('one');
    structum.watchConfig({ debounce: 2 });
    mkdirSync(global);
    const json = join(global, 'config.json');
    // Half of it is no configuration.
    const text = (step: number): string => JSON.stringify({ plugins: { one: { mood: `m${String(step)}` } } });
    const replace = (step: number): void => {
      writeFileSync(`${file}~`, text(step));
      renameSync(`${file}~`, file);
    };
    const mounted = (step: number): void => {
      const mount = join(folder, 'mount');
      writeFiles(mount, { [`..v${String(step)}/config.yaml`]: text(step) });
      symlinkSync(`..v${String(step)}`, join(mount, '..data_tmp'));
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
      symlinkSync(join(mount, '..data', 'config.yaml'), `${file}~`);
      renameSync(`${file}~`, file);
      rmSync(join(mount, `..v${String(step - 5)}`), { recursive: true, force: true });
    };
    const ways: readonly ((step: number) => unknown)[] = [
      replace,
      async (step) => {
        writeFileSync(file, '');
        for (const unit of text(step)) {
          appendFileSync(file, unit);
          if ('{m'.includes(unit)) await new Promise(setImmediate);
        }
      },
      (step) => {
        rmSync(file);
        writeFileSync(file, text(step));
      },
      async (step) => {
        writeFileSync(json, text(step));
        await new Promise(setImmediate);
        rmSync(file);
        await new Promise(setImmediate);
        replace(step);
        rmSync(json);
      },
      process.platform === 'win32' ? replace : mounted, // links to files need a privilege there
    ];
    replace(0);
    for (let step = 1; step <= 200; step += 1) {
      await ways[step % ways.length]?.(step);
      // Some before anybody looks, and some after that.
      await new Promise((resolve) => { setTimeout(resolve, step % 7); });
    }
    await done;
    const numbers = seen.map(([, to]) => Number(String(to).slice(1)));
    expect(seen.map(([from]) => from)).to.deep.equal(['m0', ...seen.slice(0, -1).map(([, to]) => to)]);
    // Where there is no file for a moment, the default counts.
    expect(numbers.filter((number) => number > 0)).to.deep.equal([...new Set(numbers)].filter((number) => number > 0).sort((one, other) => one - other));
    const told = logged.filter((line, index) => line !== logged[index - 1]);
    expect(told, 'nothing is told twice').to.deep.equal(logged);
    expect(logged.filter((line) => !/^error The configuration has changed and is not heeded|^info The configuration is valid again/.test(line))).to.deep.equal([]);
    expect(logged.at(-1) ?? '').not.to.match(/^error/);
  });

  it('heeds who is enabled', async () => {
    await watched();
    write('home/config.yaml', 'plugin_policy: { enabled: { one: false } }');
    expect(await news.changed()).to.deep.equal(['plugin_policy.enabled.one']);
    await failure('PLUGIN_DISABLED', structum.run('one'));
    rmSync(file);
    await news.changed();
    expect(await structum.run('one')).to.equal('good');
  });

  describe('goes on with the last good one', () => {
    beforeEach(async () => {
      write('home/config.yaml', mood('bad'));
      await watched();
    });

    afterEach(async () => {
      expect(await structum.run('one')).to.equal('bad');
      write('home/config.yaml', mood('mended'));
      await news.next('config:recovered');
      expect(await changed()).to.equal('mended');
    });

    it('where a file cannot be parsed', async () => {
      write('home/config.yaml', 'plugins: {');
      expect(await news.refused()).to.equal('CONFIG_FILE_INVALID');
    });

    it('where something else is in its place', async () => {
      rmSync(file);
      mkdirSync(file);
      expect(await news.refused()).to.equal('CONFIG_UNREADABLE');
      rmSync(file, { recursive: true });
      // For a moment there is none.
      write('home/config.yaml', mood('bad'));
      await news.next('config:recovered');
      write('home/config.yaml', '- 1');
      expect(await news.refused()).to.equal('CONFIG_FILE_INVALID');
    });

    it('where a layer comes to have two files', async () => {
      write('home/config.toml', '[plugins.one]\nmood = "other"\n');
      expect(await news.refused()).to.equal('CONFIG_AMBIGUOUS');
      expect(await structum.run('one')).to.equal('bad');
      rmSync(join(global, 'config.toml'));
      await news.next('config:recovered');
      write('home/config.yaml', 'a: 1\na: 2');
      await news.refused();
    });

    it('where a plugin does not take its settings, with all that is wrong, and takes nothing of the rest', async () => {
      write('home/config.yaml', 'plugins: { one: { mood: fine, depth: 0 }, two: { mood: 5 } }\nplugin_policy: { enabled: { two: false } }');
      const { error } = await news.next('config:refused');
      expect(error.message).to.contain('config.yaml:1:31: plugins.one.depth must be at least 1, got 0; ').and.contain('config.yaml:1:50: plugins.two.mood must be a string, got 5');
      expect(await structum.run('two')).to.equal('good');
    });

    it('where nothing knows a setting, and that is an error', async () => {
      write('home/config.yaml', 'config: { unknown_keys: strict }\nplugins: { one: { mod: fine } }');
      const { error } = await news.next('config:refused');
      expect((error as Error & { hint?: string }).hint).to.contain('Did you mean "plugins.one.mood"?');
    });
  });

  it('logs once why a change is refused, again when that changes, and when it is mended', async () => {
    write('home/config.yaml', mood('bad'));
    await watched();
    write('home/config.yaml', 'plugins: {');
    await news.refused();
    write('home/config.json', '{}'); // for another reason
    await news.refused();
    rmSync(join(global, 'config.json'));
    await news.refused();
    write('home/config.yaml', `${mood('bad')}\n`);
    expect((await news.next('config:recovered')).error).to.include({ code: 'CONFIG_REFUSED' });
    expect(logged.filter((line) => line.startsWith('error The configuration has changed and is not heeded'))).to.have.length(3);
    expect(logged.slice(3)).to.deep.equal(['info The configuration is valid again.']);
    expect(news.unread).to.deep.equal([]);
  });

  it('tells once of each setting that counts for nothing, also of one that comes while it runs', async () => {
    await watched();
    const unknown = (): readonly string[] => logged.filter((line) => line.includes('plugins.one.mod'));
    write('home/config.yaml', 'plugins: { one: { mood: bad, mod: 1 } }');
    await news.changed();
    expect(unknown()).to.have.length(1);
    write('home/config.yaml', 'plugins: { one: { mood: worse, mod: 1 } }');
    await news.changed();
    expect(unknown()).to.have.length(1);
    await structum.deactivate('one');
    await structum.activate('one');
    expect(unknown()).to.have.length(1);
  });

  it('goes on with what a file of a project said that nobody trusts, and heeds the user', async () => {
    const project = join(folder, 'project');
    writeFiles(project, { '.git/HEAD': '', '.structum.yaml': mood('project') });
    await watched({ global, project });
    writeFiles(project, { '.structum.yaml': 'a: [' });
    write('home/config.yaml', 'plugins: { two: { mood: bad } }');
    while (!(await news.changed()).includes('plugins.two.mood'));
    expect([await structum.run('one'), await structum.run('two')]).to.deep.equal(['project', 'bad']);
    expect(logged.filter((line) => line.startsWith('warn The configuration is not valid'))).to.have.length(1);
  });

  it('looks by itself where folders cannot be watched, and says so once', async function () {
    // Elsewhere, watching a folder takes no file descriptor.
    if (process.platform !== 'linux') this.skip();
    structum = await Structum.create();
    linkCore(folder);
    writeFiles(folder, {
      'home/config.yaml': '', 'host.mjs': `
        import { closeSync, openSync, writeFileSync } from 'node:fs';
        import { Structum } from '@structum/core';
        const structum = await Structum.create({ configSources: { global: 'home' }, on: { warning: ({ error }) => { console.log(error.code, error.details.folder); } } });
        (await Structum.create()).watchConfig(); // loads what it needs, and watches nothing
        const changed = () => new Promise((resolve) => { structum.on('config:changed', resolve); });
        const first = changed();
        const open = [];
        try { for (;;) open.push(openSync(process.execPath)); } catch {}
        structum.watchConfig({ debounce: 10 });
        for (const file of open) closeSync(file);
        writeFileSync('home/config.yaml', 'plugins: { one: { mood: bad } }'); // seen when it begins
        const alive = setInterval(() => undefined, 1000);
        await first;
        const second = changed();
        writeFileSync('home/config.yaml', 'plugins: { one: { depth: 2, mood: bad } }');
        console.log((await second).changed.join());
        clearInterval(alive);
        await structum.dispose();
      `,
    });
    const { stdout, stderr } = await run('sh', ['-c', 'ulimit -n 256 && exec "$0" host.mjs', process.execPath], { cwd: folder });
    expect({ stdout, stderr }).to.deep.equal({ stdout: 'WATCH_FAILED home\nplugins.one.depth\n', stderr: '' });
  });

  it('leaves nothing behind when it, or the host, is disposed', async () => {
    const before = watchers();
    await watched();
    const watch = structum.watchConfig();
    watch[Symbol.dispose]();
    watch[Symbol.dispose]();
    write('home/config.yaml', mood('bad'));
    await changed();
    await structum.dispose();
    await new Promise(setImmediate); // Node counts a watcher until its end was told.
    expect(watchers()).to.equal(before);
    await failure('DISPOSED', () => structum.watchConfig());
    await failure('OPTION_INVALID', () => structum.watchConfig({ poll: -1 }));
  });

  it('keeps no process alive', async () => {
    structum = await Structum.create();
    const source = `
      const { Structum } = require('@structum/core');
      Structum.create({ configSources: { global: ${JSON.stringify(global)} } }).then((structum) => { structum.watchConfig({ poll: 1000 }); });
    `;
    expect(await runNode(['-e', source])).to.include({ code: 0, stderr: '' });
  });
});
