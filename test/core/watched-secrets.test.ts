import { readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, defineCommand, definePlugin, defineSettings, Structum, type CommandClass, type SettingsChange, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../support/errors.js';
import { temporaryFolder, writeFiles } from '../support/folder.js';
import { ConfigNews } from './config-news.js';

const SETTINGS = defineSettings({
  token: { description: 'A token', secret: true, default: '' },
  port: { description: 'A port', type: 'integer', default: 25 },
});

/** What is told, one after the other. */
class Told<Item> {
  readonly #items: Item[] = [];
  #heard: () => void = () => undefined;

  readonly tell = (item: Item): void => {
    this.#items.push(item);
    this.#heard();
  };

  get unread(): readonly Item[] {
    return this.#items;
  }

  async next(): Promise<Item> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) return item;
      await new Promise<void>((resolve) => { this.#heard = resolve; });
    }
  }
}

describe('structum.watchConfig, of the secrets that settings refer to', () => {
  let folder: string;
  let structum: Structum;
  let news: ConfigNews;
  let logged: string[];
  let changes: Told<SettingsChange>;
  let starts: Told<unknown>;

  beforeEach(() => {
    folder = temporaryFolder();
    logged = [];
    changes = new Told();
    starts = new Told();
  });

  afterEach(async () => { await structum.dispose(); });

  const token = (path: string): CommandClass => defineCommand({ path, description: 'Tells its token', execute: (_input, { config }) => config['token'] });

  /** Told of its settings. */
  const mail = definePlugin({
    name: 'mail', version: '1.0.0', description: 'Sends', settings: SETTINGS, commands: [token('mail')],
    onActivate: (context) => { context.onConfigChange(changes.tell); },
  });

  /** Comes up anew with others. */
  const reader = definePlugin({ name: 'news', version: '1.0.0', description: 'Tells', settings: SETTINGS, commands: [token('news')], onActivate: ({ config }) => { starts.tell(config['token']); } });

  async function watched(config: string, options: StructumOptions = {}): Promise<void> {
    write('home/config.yaml', config);
    structum = await Structum.create({
      plugins: [mail, reader], configSources: { global: join(folder, 'home') },
      logger: createLogger({ level: 'info', write: ({ level, message }) => { logged.push(`${level} ${message}`); } }), ...options,
    });
    news = new ConfigNews(structum);
    structum.watchConfig({ debounce: 20, retry: 5 });
  }

  const write = (path: string, text: string): void => { writeFiles(folder, { [path]: text }); };

  /** The tokens that the plugin is told of next. */
  const tokens = async (): Promise<unknown> => {
    const { previous, current, changed } = await changes.next();
    expect(changed).to.deep.equal(['token']);
    expect(await news.changed()).to.deep.equal(['plugins.mail.token']);
    return [previous['token'], current['token']];
  };

  it('notices a file that is written, replaced, or swapped behind links as Kubernetes does it, though the configuration stays the same', async function () {
    write('secret/token', 'first\n');
    await watched('plugins: { mail: { token: "${file:../secret/token}" } }');
    await structum.activate('mail');
    write('secret/token', 'second\n');
    expect(await tokens()).to.deep.equal(['first', 'second']);
    write('secret/token~', 'third\n');
    renameSync(join(folder, 'secret/token~'), join(folder, 'secret/token'));
    expect(await tokens()).to.deep.equal(['second', 'third']);
    expect(structum.redact('first second third')).to.equal('[redacted] [redacted] [redacted]');
    if (process.platform === 'win32') this.skip(); // links to files need a privilege there
    const mount = join(folder, 'mount');
    const swap = (version: string): void => {
      write(`mount/..${version}/token`, version);
      symlinkSync(`..${version}`, join(mount, '..data_tmp'));
      renameSync(join(mount, '..data_tmp'), join(mount, '..data'));
      for (const old of readdirSync(mount)) if (old.startsWith('..v') && old !== `..${version}`) rmSync(join(mount, old), { recursive: true });
    };
    swap('v1');
    symlinkSync('..data/token', join(mount, 'token'));
    write('home/config.yaml', 'plugins: { mail: { token: "${file:../mount/token}" } }');
    expect(await tokens()).to.deep.equal(['third', 'v1']);
    for (const [before, after] of [['v1', 'v2'], ['v2', 'v3'], ['v3', 'v4']] as const) {
      swap(after);
      expect(await tokens()).to.deep.equal([before, after]);
    }
    write('secret/token', 'nobody refers to it any more');
    swap('v5');
    expect(await tokens()).to.deep.equal(['v4', 'v5']);
    expect([changes.unread, news.unread, logged]).to.deep.equal([[], [], []]);
  });

  it('has a plugin come up anew that does not ask to be told', async () => {
    write('home/token', 'first');
    await watched('plugins: { news: { token: "${file:token}" } }');
    await structum.activate('news');
    expect(await starts.next()).to.equal('first');
    write('home/token', 'second');
    expect(await starts.next()).to.equal('second');
    expect(await news.changed()).to.deep.equal(['plugins.news.token']);
    expect([starts.unread, news.unread]).to.deep.equal([[], []]);
  });

  it('notices what changed between that a plugin came up and that it was watched, and what the host itself refers to', async () => {
    write('token', 'first');
    structum = await Structum.create({ plugins: [mail], cwd: folder, config: { plugins: { mail: { token: '${file:token}' } } } });
    news = new ConfigNews(structum);
    await structum.activate('mail');
    write('token', 'second');
    structum.watchConfig({ debounce: 20 });
    expect(await tokens()).to.deep.equal(['first', 'second']);
    write('token', 'third');
    expect(await tokens()).to.deep.equal(['second', 'third']);
  });

  it('goes on with the last good one where what comes does not fit, or nothing is there', async () => {
    write('home/port', '25');
    await watched('plugins: { mail: { port: "${file:port}" } }');
    await structum.activate('mail');
    write('home/port', 'wood');
    expect(await news.refused()).to.equal('CONFIG_INVALID');
    rmSync(join(folder, 'home/port'));
    expect(await news.refused()).to.equal('SECRET_UNAVAILABLE');
    write('home/port', '587');
    await news.next('config:recovered');
    expect((await changes.next()).current['port']).to.equal(587);
    expect(logged.filter((line) => line.startsWith('error'))).to.have.length(2);
  });

  it('ends with what the file holds last, whatever becomes of the plugins meanwhile', async () => {
    write('home/token', 'first');
    const config = (port: number): string => `plugins: { mail: { token: "\${file:token}", port: ${String(port)} }, news: { token: "\${file:token}" } }`;
    await watched(config(1));
    const steps: readonly ((step: number) => unknown)[] = [
      (step) => { write('home/token', `token ${String(step)}`); },
      () => structum.activate('news'),
      (step) => { write('home/config.yaml', config(step)); },
      () => structum.activate('mail'),
      () => structum.deactivate('news'),
      () => structum.configure({ plugins: {} }),
      () => { rmSync(join(folder, 'home/token')); write('home/token', 'for a moment'); },
    ];
    const ends: unknown[] = [];
    for (let step = 0; step < 140; step += 1) {
      ends.push(steps[(step * 5 + (step >> 3)) % steps.length]?.(step));
      if (step % 3 === 0) await new Promise((resolve) => { setTimeout(resolve, (step * 5) % 23); });
    }
    await Promise.allSettled(ends);
    await Promise.all(['mail', 'news'].map((name) => structum.activate(name)));
    write('home/token', 'last token');
    for (const name of ['mail', 'news']) while (await structum.run(name) !== 'last token') await news.any();
    expect(logged.filter((line) => line.startsWith('error') && !line.includes('there is no file'))).to.deep.equal([]);
  });

  it('lets a plugin come up again that failed because a file was missing, once that is there', async () => {
    await watched('plugins: { news: { token: "${file:token}" } }');
    await failure('SECRET_UNAVAILABLE', structum.activate('news'));
    write('home/token', 'late');
    expect(await news.changed()).to.deep.equal(['plugins.news.token']);
    await structum.activate('news');
    expect(await starts.next()).to.equal('late');
  });

  it('lets a plugin come up again that failed because of what a file held, once that fits', async () => {
    write('secret/port', 'many');
    await watched('plugins: { news: { token: x, port: "${file:../secret/port}" } }');
    await failure('CONFIG_INVALID', structum.activate('news'));
    write('secret/port', '26');
    expect(await news.changed()).to.deep.equal(['plugins.news.port']);
    expect(await structum.run('news')).to.equal('x');
  });

  it('tries again by itself where a secret cannot be had for the moment, and says why once', async () => {
    const asked = new Told<string>();
    let failures = 4;
    const vault = { resolve: (name: string) => {
      asked.tell(name);
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error(`the vault is sealed (request ${String(failures)})`)) : Promise.resolve(`secret of ${name}`);
    } };
    await watched('', { secretProviders: { vault } });
    await structum.activate('mail');
    write('home/config.yaml', 'plugins: { mail: { token: "${vault:mail}" } }');
    expect(await news.refused()).to.equal('SECRET_UNAVAILABLE');
    await news.next('config:recovered');
    expect((await changes.next()).current['token']).to.equal('secret of mail');
    expect(asked.unread).to.have.length(5);
    expect(logged.filter((line) => line.startsWith('error'))).to.have.length(1);
  });

  it('does so where one takes too long, and heeds what is written meanwhile', async () => {
    let asked = 0;
    const vault = { resolve: (name: string) => {
      asked += 1;
      return asked < 3 ? new Promise<string>(() => undefined) : Promise.resolve(`secret of ${name}`);
    } };
    await watched('', { secretProviders: { vault }, limits: { secret: 20 } });
    await structum.activate('mail');
    write('home/config.yaml', 'plugins: { mail: { token: "${vault:mail}" } }');
    expect(await news.refused()).to.equal('SECRET_TIMED_OUT');
    write('home/config.yaml', 'plugins: { mail: { token: "${vault:mail}", port: 587 } }');
    await news.next('config:recovered');
    while ((await changes.next()).current['port'] !== 587);
    expect(logged.filter((line) => line.startsWith('error'))).to.have.length(1);
  });

  it('tries no more once it is disposed', async () => {
    const sealed = (asked: Told<string>) => ({ vault: { resolve: (name: string) => { asked.tell(name); return Promise.reject(new Error('sealed')); } } });
    const refusing = async (): Promise<Told<string>> => {
      const asked = new Told<string>();
      await watched('', { secretProviders: sealed(asked) });
      await structum.activate('mail');
      write('home/config.yaml', 'plugins: { mail: { token: "${vault:mail}" } }');
      await news.refused();
      return asked;
    };
    const ofFirst = await refusing();
    await structum.dispose();
    const before = ofFirst.unread.length;
    const ofSecond = await refusing();
    for (let tries = 0; tries < 4; tries += 1) await ofSecond.next();
    expect(ofFirst.unread).to.have.length(before);
  });
});
