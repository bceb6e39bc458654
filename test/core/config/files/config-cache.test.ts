import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { ConfigCache } from '#internal/core/config/files/config-cache.js';
import { ParsedContent } from '#internal/core/config/files/file-content.js';
import { temporaryFolder } from '../../../support/folder.js';

const DATA = { plugins: { tree: { theme: 'ä', depth: { max: 3 } }, archive: null, empty: {} }, plugin_policy: { enabled: { x: false } }, list: [1] };
const PATHS = [[], ['plugins'], ['plugins', 'tree'], ['plugins', 'tree', 'depth', 'max'], ['plugins', 'none'], ['plugins', 'archive'], ['plugin_policy', 'enabled'], ['list'], ['none'], ['list', 'x']];

describe('what was read of configuration files before', () => {
  let folder: string;
  let cache: ConfigCache;

  beforeEach(() => {
    folder = join(temporaryFolder(), 'cache');
    cache = new ConfigCache(folder);
  });

  const entry = (): string => join(folder, readdirSync(folder)[0] ?? '');

  it('says the same as what was parsed, at any path', async () => {
    await cache.remember('/a.yaml', 'text', DATA);
    const [found, parsed] = [cache.find('/a.yaml', 'text'), new ParsedContent(DATA)];
    for (const path of PATHS) expect(found?.valueAt(path), path.join('.')).to.deep.equal(parsed.valueAt(path));
  });

  it('says the same of any data', async () => {
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.constantFrom('plugins', 'a', '"', '\n'), fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())), { maxKeys: 4 }), async (generated) => {
      const data = JSON.parse(JSON.stringify(generated, (key, value: unknown) => (key === '__proto__' ? undefined : value))) as Record<string, unknown>;
      await cache.remember('/a.yaml', 'text', data);
      expect(cache.find('/a.yaml', 'text')?.valueAt([]) ?? {}).to.deep.equal(data);
    }), { numRuns: 50 });
  });

  it('does not take for null what JSON has no number for', async () => {
    await cache.remember('/a.toml', 'a = [inf]', { a: [Infinity] });
    expect(cache.find('/a.toml', 'a = [inf]')).to.equal(undefined);
    await cache.remember('/a.toml', 'a = "inf"', { a: 'inf' });
    expect(cache.find('/a.toml', 'a = "inf"')?.valueAt(['a'])).to.equal('inf');
  });

  it('counts for the very text of the very file only', async () => {
    await cache.remember('/a.yaml', 'text', DATA);
    expect(cache.find('/a.yaml', 'text ')).to.equal(undefined);
    expect(cache.find('/b.yaml', 'text')).to.equal(undefined);
    await cache.remember('/a.yaml', 'other', { a: 1 });
    expect(cache.find('/a.yaml', 'text')).to.equal(undefined);
    expect(cache.find('/a.yaml', 'other')?.valueAt(['a'])).to.equal(1);
  });

  it('tells nothing to whoever does not have the file', async () => {
    await cache.remember('/a.yaml', 'text', { plugins: { tree: { token: 'hunter22' }, other: { token: 'hunter22' } } });
    expect(readFileSync(entry(), 'latin1')).not.to.include('hunter22');
    expect(cache.find('/a.yaml', 'text')?.valueAt(['plugins', 'other', 'token'])).to.equal('hunter22');
  });

  it('says what is there after a change, without either text being parsed', async () => {
    const change = { before: 'text', after: 'changed' };
    for (const [path, value, after] of [
      [['plugins', 'tree', 'theme'], 'ascii', { ...DATA, plugins: { ...DATA.plugins, tree: { theme: 'ascii', depth: { max: 3 } } } }],
      [['plugins', 'tree', 'depth', 'max'], undefined, { ...DATA, plugins: { ...DATA.plugins, tree: { theme: 'ä', depth: {} } } }],
      [['plugin_policy', 'enabled', 'y'], true, { ...DATA, plugin_policy: { enabled: { x: false, y: true } } }],
    ] as const) {
      await cache.remember('/a.yaml', 'text', DATA);
      await cache.amend('/a.yaml', change, { path, value });
      expect(cache.find('/a.yaml', 'changed')?.valueAt([]), path.join('.')).to.deep.equal(after);
      expect(cache.find('/a.yaml', 'text')).to.equal(undefined);
    }
  });

  it('says nothing after a change of what it does not know, or of whole parts', async () => {
    await cache.amend('/a.yaml', { before: 'text', after: 'changed' }, { path: ['plugins', 'tree', 'theme'], value: 'ascii' });
    expect(cache.find('/a.yaml', 'changed')).to.equal(undefined);
    for (const path of [['plugins', 'tree'], ['plugins'], ['plugins', 'new', 'key'], ['plugins', 'archive', 'key'], ['other']]) {
      await cache.remember('/a.yaml', 'text', DATA);
      await cache.amend('/a.yaml', { before: 'text', after: 'changed' }, { path, value: 1 });
      expect(cache.find('/a.yaml', 'changed'), path.join('.')).to.equal(undefined);
    }
  });

  it('finds a plugin among very many without looking at the others', async () => {
    const plugins = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`plugin-${String(index)}`, { theme: String(index) }]));
    await cache.remember('/a.yaml', 'text', { plugins });
    const found = cache.find('/a.yaml', 'text');
    for (const [name, settings] of Object.entries(plugins)) expect(found?.valueAt(['plugins', name, 'theme'])).to.equal(settings.theme);
  });

  it('is its user\'s alone', async function () {
    if (process.platform === 'win32') this.skip(); // who may read a file is inherited there
    await cache.remember('/a.yaml', 'text', DATA);
    expect(statSync(entry()).mode & 0o777).to.equal(0o600);
  });

  it('is made anew where it is damaged', async () => {
    await cache.remember('/a.yaml', 'text', DATA);
    const whole = readFileSync(entry());
    const damaged = [0, 10, whole.indexOf('\n'), whole.length - 3].map((length) => whole.subarray(0, length));
    for (const content of [...damaged, Buffer.alloc(whole.length), Buffer.concat([whole, Buffer.of(0)])]) {
      writeFileSync(entry(), content);
      expect(cache.find('/a.yaml', 'text')).to.equal(undefined);
      await cache.remember('/a.yaml', 'text', DATA);
      expect(cache.find('/a.yaml', 'text')?.valueAt([])).to.deep.equal(DATA);
    }
  });

  it('counts for nothing where a single byte of it is another', async () => {
    await cache.remember('/a.yaml', 'text', DATA);
    const whole = readFileSync(entry());
    for (const index of whole.keys()) {
      const content = Buffer.from(whole);
      content[index] = (content[index] ?? 0) ^ 4;
      writeFileSync(entry(), content);
      expect(cache.find('/a.yaml', 'text'), String(index)).to.equal(undefined);
    }
  });

  it('does not show by two entries of a text what is different in them', async () => {
    await cache.remember('/a.yaml', 'text', { list: ['x'.repeat(100)] });
    const one = readFileSync(entry());
    await cache.remember('/a.yaml', 'text', { list: ['x'.repeat(100)] });
    expect(readFileSync(entry()).subarray(-100).equals(one.subarray(-100))).to.equal(false);
  });

  it('goes where there is too much of it, the oldest first', async () => {
    for (let index = 0; index < 100; index += 1) await cache.remember(`/${String(index)}.yaml`, 'text', DATA);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 2000, 2000);
    await cache.remember('/0.yaml', 'text', DATA);
    await cache.remember('/first.yaml', 'text', DATA);
    expect(readdirSync(folder)).to.have.length(100);
    for (const file of ['/0.yaml', '/first.yaml']) expect(cache.find(file, 'text')).not.to.equal(undefined);
  });

  it('is done without where it cannot be kept', async () => {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file');
    await cache.remember('/a.yaml', 'text', DATA);
    expect(cache.find('/a.yaml', 'text')).to.equal(undefined);
  });
});
