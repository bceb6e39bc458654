import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS, READ, writeConfig } from '../lib/config-files.mjs';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';
import { peer } from '../lib/peers.mjs';
import { homeIn, temporary } from '../lib/temporary.mjs';

/** In bytes. */
const SMALL_FILE = 10e3;
const LARGE_FILE = 10e6;

/** What takes seconds is run less often. */
const FEWER = 3;

/** @type {import('../lib/report.mjs').Benchmark} */
export const config = {
  description: 'a start with a project file; reading small and 10 MB files beside cosmiconfig, c12, convict and rc; config set',
  runs: 20,
  measure(runs) {
    const large = FORMATS.map((format) => readings(format, LARGE_FILE, Math.ceil(runs / FEWER), LARGE));
    return [starts(runs), ...FORMATS.map((format) => readings(format, SMALL_FILE, runs, {})), ...large, lookUps(runs), changes(Math.ceil(runs / FEWER))];
  },
};

/**
 * @typedef {object} Targets
 * @property {import('../lib/report.mjs').Target} [cached]
 */

/** @type {Targets} */
const LARGE = { cached: { most: 300 } };

/** @param {number} runs */
function starts(runs) {
  const { bin } = installation();
  const tree = (/** @type {string} */ cwd) => ({ program: process.execPath, args: [bin, 'tree'], cwd, env: homeIn(join(cwd, '.home')) });
  const without = 'structum tree, no file';
  return {
    title: 'A start in a folder with a project file, a fresh process each',
    unit: /** @type {const} */ ('ms'),
    baseline: without,
    rows: measureInTurn([
      { label: without, command: tree(repository()) },
      ...FORMATS.map((format) => {
        const folder = repository();
        writeConfig(folder, format, SMALL_FILE);
        return { label: `structum tree, .structum.${format}`, command: tree(folder), target: { extra: 5 } };
      }),
    ], runs),
  };
}

/**
 * @param {typeof FORMATS[number]} format
 * @param {number} bytes
 * @param {number} runs
 * @param {Targets} targets
 * @returns {import('../lib/report.mjs').Comparison}
 */
function readings(format, bytes, runs, { cached }) {
  const { probes } = installation();
  const folder = repository();
  const file = writeConfig(folder, format, bytes);
  const found = peer('configuration');
  const probe = join(probes, 'config.mjs');
  const command = (/** @type {string} */ reader) => ({ program: process.execPath, args: [probe, reader, file, ...('modules' in found ? [found.modules] : [])] });
  const peers = 'problem' in found ? [{ label: 'peers', note: found.problem }] : PEERS.map((name) => ({ label: name, command: command(name) }));
  const rows = measureInTurn([
    ...peers,
    { label: 'structum, for the first time', command: command('structum-cold') },
    { label: 'structum, read before', command: command('structum'), ...(cached === undefined ? {} : { target: cached }) },
  ], runs);
  return {
    title: `A setting from ${bytes < LARGE_FILE ? 'a small' : 'a 10 MB'} ${format} file: importing the library and reading, within a fresh process`,
    unit: 'ms',
    baseline: PARSE,
    rows: rows.map((row) => ({ ...row, samples: row.outputs.map((output) => JSON.parse(output)).map(({ import: imported, read }) => imported + read) })),
  };
}

/** The parser alone comes first. */
const PARSE = 'parse';
const PEERS = [PARSE, 'cosmiconfig', 'c12', 'convict', 'rc'];

/** @param {number} runs */
function lookUps(runs) {
  const { probes } = installation();
  const folder = repository();
  const file = writeConfig(folder, 'yaml', SMALL_FILE);
  const found = peer('configuration');
  const lookUp = (/** @type {readonly string[]} */ ...args) => ({ program: process.execPath, args: [join(probes, 'config.mjs'), ...args] });
  const convict = 'modules' in found ? [{ label: 'convict: get()', command: lookUp('convict', file, found.modules) }] : [];
  const rows = measureInTurn([...convict, { label: 'structum: config.depth', command: lookUp('structum', file), target: { most: 1 } }], runs);
  return {
    title: 'Looking up one setting that was read',
    unit: /** @type {const} */ ('µs'),
    rows: rows.map(({ memory: _, ...row }) => ({ ...row, samples: row.outputs.map((output) => JSON.parse(output).lookup) })),
  };
}

/** @param {number} runs */
function changes(runs) {
  const { bin, probes } = installation();
  return {
    title: `structum config set plugins.${READ}.depth in a 10 MB file, a fresh process each`,
    unit: /** @type {const} */ ('ms'),
    rows: measureInTurn(FORMATS.map((format) => {
      const folder = repository();
      writeConfig(folder, format, LARGE_FILE);
      const args = [join(probes, 'config-set.cjs'), bin, `plugins.${READ}.depth`, '--scope', 'project', '--force'];
      return { label: `config set, ${format}`, command: { program: process.execPath, args, cwd: folder, env: homeIn(join(folder, '.home')) }, ...(format === 'yaml' ? { target: { most: 200 } } : {}) };
    }), runs),
  };
}

/** A folder that is the root of its repository: nothing above it counts. */
function repository() {
  const folder = temporary();
  mkdirSync(join(folder, '.git'));
  return folder;
}
