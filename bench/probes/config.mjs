/**
 * Reads a setting from a configuration file in a fresh process: `config.mjs <reader> <file> [modules]`. The milliseconds
 * of importing and of reading go to stdout; of some readers, what one look-up costs, too, in microseconds.
 */

import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [reader, file, modules] = process.argv.slice(2);
const peers = modules === undefined ? undefined : createRequire(join(modules, 'peers.cjs'));
const load = (name) => import(pathToFileURL(peers.resolve(name)).href);

const READERS = {
  /** The parsers alone. */
  async parse() {
    const parse = await parser();
    return () => parse(readFileSync(file, 'utf8'));
  },
  async cosmiconfig() {
    const { cosmiconfig } = await load('cosmiconfig');
    const loaders = { '.toml': async (_path, text) => (await parser())(text) };
    return async () => (await cosmiconfig('structum', { searchPlaces: [`.structum${extname(file)}`], loaders }).search(dirname(file))).config;
  },
  async c12() {
    const { loadConfig } = await load('c12');
    return async () => (await loadConfig({ name: 'structum', cwd: dirname(file), configFile: file, rcFile: false, packageJson: false, dotenv: false })).config;
  },
  async convict() {
    const { default: convict } = await load('convict');
    convict.addParser({ extension: extname(file).slice(1), parse: await parser() });
    return () => {
      const config = convict({ plugins: { format: Object, default: {} } }).loadFile(file);
      return { ...config.getProperties(), lookUp: () => config.get('plugins.read.depth') };
    };
  },
  async rc() {
    const { default: rc } = await load('rc');
    const parse = await parser();
    return () => rc('structum-bench', {}, { config: file, _: [] }, parse);
  },
  async structum() {
    return structum(join(dirname(file), 'cache'));
  },
  /** As if it had never been read. */
  async 'structum-cold'() {
    const cache = mkdtempSync(join(tmpdir(), 'structum-bench-cache-'));
    process.once('exit', () => { rmSync(cache, { recursive: true, force: true }); });
    return structum(cache);
  },
};

async function parser() {
  if (extname(file) === '.json') return JSON.parse;
  if (extname(file) === '.toml') return (await load('smol-toml')).parse;
  return (await load('js-yaml')).load;
}

async function structum(cache) {
  const { Structum, defineCommand, definePlugin, defineSettings } = await import('@structum/core');
  const settings = defineSettings({
    theme: { description: 'How it is drawn', enum: ['ascii', 'unicode'], default: 'unicode' },
    depth: { description: 'How deep', type: 'integer', default: 1 },
    enabled: { description: 'Whether it is on', type: 'boolean', default: false },
  });
  let config;
  const plugin = definePlugin({
    name: 'read', version: '1.0.0', description: 'Reads its settings', settings,
    commands: [defineCommand({ path: 'read', description: 'Its settings', execute: (_input, context) => { config = context.config; } })],
  });
  return async () => {
    const host = await Structum.create({ plugins: [plugin], cwd: dirname(file), configSources: { project: dirname(file), cache } });
    await host.run('read');
    await host.dispose();
    return { plugins: { read: config }, lookUp: () => config.depth };
  };
}

/** Microseconds that one look-up takes. */
function costOf(lookUp) {
  const TIMES = 100_000;
  let depth = 0;
  const start = performance.now();
  for (let time = 0; time < TIMES; time += 1) depth += lookUp();
  const taken = performance.now() - start;
  if (depth !== 12 * TIMES) throw new Error('It read something else.');
  return taken / TIMES * 1000;
}

const start = performance.now();
const read = await READERS[reader]();
const imported = performance.now();
const config = await read();
const done = performance.now();
if (config.plugins.read.theme !== 'ascii' || config.plugins.read.depth !== 12) throw new Error(`It read something else: ${JSON.stringify(config.plugins.read)}`);
writeSync(1, JSON.stringify({ import: imported - start, read: done - imported, lookup: config.lookUp === undefined ? undefined : costOf(config.lookUp) }));
