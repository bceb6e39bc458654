import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bench, cached } from '../lib/cache.mjs';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';
import { peer } from '../lib/peers.mjs';
import { installPlugins } from '../lib/plugins.mjs';
import { run } from '../lib/program.mjs';
import { homeIn, temporary } from '../lib/temporary.mjs';

/** How many plugins are installed, besides Structum's own. */
const COUNTS = [10, 100, 1000, 5000];

/** @type {import('../lib/report.mjs').Benchmark} */
export const plugins = {
  description: 'many plugins: start, memory, the first index, looking up, loading and resolving, at 10 to 5,000, beside oclif',
  runs: 20,
  measure(runs) {
    const hosts = COUNTS.map((count) => hostWith(count));
    const edges = hostWith(5000, 4);
    return [warm(hosts, runs), cold(hosts, runs), ...inProcess(hosts, edges, runs)];
  },
};

/**
 * @typedef {object} Host
 * @property {string} label
 * @property {number} count
 * @property {string} bin
 * @property {string} probe
 * @property {Readonly<Record<string, string>>} env
 * @property {string} cache
 */

/**
 * Structum with so many plugins, and folders of its own for what belongs to its user.
 * @param {number} count
 * @param {number} [edges] how many plugins each one requires
 * @returns {Host}
 */
function hostWith(count, edges) {
  const folder = temporary();
  cpSync(dirname(installation().probes), folder, { recursive: true });
  installPlugins(join(folder, 'node_modules'), count, edges);
  const home = join(folder, 'home');
  return {
    label: `${count.toLocaleString('en')} plugins`, count,
    bin: join(folder, 'node_modules/structum/bin/structum.cjs'),
    probe: join(folder, 'probes/plugins.mjs'),
    cache: join(home, 'cache'),
    env: homeIn(home),
  };
}

/**
 * @param {readonly Host[]} hosts
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison}
 */
function warm(hosts, runs) {
  const cwd = cached('empty', '', () => undefined);
  const rows = hosts.map(({ label, count, bin, env }) => ({
    label, command: { program: process.execPath, args: [bin, 'tree'], cwd, env },
    ...(count === 1000 ? { target: { ratio: 1.05, extraMemory: 5e6 } } : {}),
  }));
  return { title: 'structum tree in an empty folder, a fresh process each, the index is there', unit: 'ms', baseline: rows[0]?.label ?? '', rows: measureInTurn(rows, runs) };
}

/**
 * The same without an index: the folder for caches is a file. oclif keeps none.
 * @param {readonly Host[]} hosts
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison}
 */
function cold(hosts, runs) {
  const cwd = cached('empty', '', () => undefined);
  const rows = hosts.map(({ label, bin, env, probe }) => ({
    label: `structum tree, ${label}`, command: { program: process.execPath, args: [bin, 'tree'], cwd, env: { ...env, STRUCTUM_CACHE_HOME: probe } },
  }));
  // With thousands, oclif takes many seconds.
  const peers = COUNTS.filter((count) => count <= 1000).map((count) => oclif(count, cwd));
  return { title: 'A whole process that finds no index', unit: 'ms', baseline: rows[0]?.label ?? '', rows: measureInTurn([...rows, ...peers], Math.ceil(runs / 4)) };
}

/**
 * @param {readonly Host[]} hosts
 * @param {Host} edges
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison[]}
 */
function inProcess(hosts, edges, runs) {
  const title = {
    cold: 'Structum.create() and the first look-up, without an index: made and written',
    open: 'Structum.create() and the first look-up, with an index',
    first: 'Looking up a command of a plugin that nobody asked for before',
    activate: 'Loading and activating one plugin',
  };
  return [
    { title: title.cold, unit: 'ms', rows: rowsOf(hosts, 'open', runs, { fresh: true, targets: { 100: 100, 1000: 300 } }) },
    { title: title.open, unit: 'ms', baseline: hosts[0]?.label ?? '', rows: rowsOf(hosts, 'open', runs) },
    { title: title.first, unit: 'ms', baseline: hosts[0]?.label ?? '', rows: rowsOf(hosts, 'first', runs) },
    ...['name', 'command', 'alias', 'service'].map((what) => lookUps(hosts, what, runs)),
    { title: title.activate, unit: 'ms', baseline: hosts[0]?.label ?? '', rows: rowsOf(hosts, 'activate', runs, { targets: { 1000: 50 } }) },
    { title: 'Looking whether all packages are as they were', unit: 'ms', rows: rowsOf(hosts, 'refresh', runs) },
    { title: 'Judging whether each plugin can be used, after that look', unit: 'ms', rows: rowsOf([{ ...edges, label: '5,000 plugins, 20,000 requirements' }], 'resolve', runs, { targets: { 5000: 100 } }) },
  ];
}

/**
 * @param {readonly Host[]} hosts
 * @param {string} what a plugin is looked up by
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison}
 */
function lookUps(hosts, what, runs) {
  const rows = rowsOf(hosts, what, runs).map((row) => ({ ...row, samples: row.samples.map((milliseconds) => milliseconds * 1000) }));
  return { title: `Looking up a plugin by ${what} again`, unit: 'µs', baseline: hosts[0]?.label ?? '', rows };
}

/**
 * Each in a fresh process, in turn.
 * @param {readonly Host[]} hosts
 * @param {string} what of probes/plugins.mjs
 * @param {number} runs
 * @param {{ fresh?: boolean, targets?: Readonly<Record<number, number>> }} [options] whether each finds no index, and the most milliseconds that are wanted
 * @returns {import('../lib/report.mjs').Measured[]}
 */
function rowsOf(hosts, what, runs, { fresh = false, targets = {} } = {}) {
  const rows = hosts.map(({ label, count }) => ({ label, samples: /** @type {number[]} */ ([]), ...(targets[count] === undefined ? {} : { target: { most: targets[count] } }) }));
  for (let round = 0; round < runs; round++) {
    hosts.forEach((_host, index) => {
      const at = (index + round) % hosts.length;
      const host = hosts[at];
      if (host === undefined) return;
      if (fresh) rmSync(host.cache, { recursive: true, force: true });
      else if (round === 0) run({ program: process.execPath, args: [host.probe, 'open', host.cache] });
      rows[at]?.samples.push(Number(run({ program: process.execPath, args: [host.probe, what, host.cache] }).output));
    });
  }
  return rows;
}

/**
 * The least command line that oclif can make, with so many plugins, each with the manifest that oclif makes for it.
 * @param {number} count
 * @param {string} cwd
 * @returns {import('../lib/measure.mjs').Subject}
 */
function oclif(count, cwd) {
  const label = `oclif tree, ${count.toLocaleString('en')} plugins`;
  const found = peer('oclif');
  if ('problem' in found) return { label, note: found.problem };
  const app = join(temporary(), 'app');
  cpSync(join(bench, 'fixtures/oclif'), app, { recursive: true });
  cpSync(found.modules, join(app, 'node_modules'), { recursive: true });
  const names = Array.from({ length: count }, (_none, index) => `oclif-plugin-bench-${String(index).padStart(4, '0')}`);
  for (const name of names) writeOclifPlugin(join(app, 'node_modules', name), name);
  const packageJson = { name: 'oclif-peer', version: '1.0.0', type: 'commonjs', dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])), oclif: { bin: 'oclif-peer', commands: './commands', dirname: 'oclif-peer', plugins: names } };
  writeFileSync(join(app, 'package.json'), JSON.stringify(packageJson));
  return { label, command: { program: process.execPath, args: [join(app, 'run.js'), 'tree'], cwd } };
}

/**
 * @param {string} folder
 * @param {string} name
 */
function writeOclifPlugin(folder, name) {
  mkdirSync(join(folder, 'commands', name), { recursive: true });
  const commands = ['list', 'size', 'lines'];
  for (const command of commands) {
    writeFileSync(join(folder, 'commands', name, `${command}.js`), `const { Command } = require('@oclif/core');
class Bench extends Command { async run() { this.log('${command}'); } }
Bench.description = 'Looks at files';
module.exports = Bench;
`);
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', type: 'commonjs', oclif: { commands: './commands' } }));
  writeFileSync(join(folder, 'oclif.manifest.json'), JSON.stringify({
    version: '1.0.0',
    commands: Object.fromEntries(commands.map((command) => [`${name}:${command}`, {
      aliases: [], args: {}, description: 'Looks at files', flags: {}, hasDynamicHelp: false, hiddenAliases: [], id: `${name}:${command}`,
      pluginAlias: name, pluginName: name, pluginType: 'core', strict: true, enableJsonFlag: false, isESM: false, relativePath: ['commands', name, `${command}.js`],
    }])),
  }));
}
