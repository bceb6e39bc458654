import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../lib/cache.mjs';
import { corpus } from '../lib/corpus.mjs';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';
import { peer } from '../lib/peers.mjs';
import { run } from '../lib/program.mjs';
import { summarize } from '../lib/statistics.mjs';

/** @type {import('../lib/report.mjs').Benchmark} */
export const execution = {
  description: 'commands in workers and sandboxed processes: warm, cold, 100 at once, 10,000 with crashes, beside piscina, tinypool and workerpool',
  runs: 20,
  measure(runs) {
    const { probes } = installation();
    const found = peer('pools');
    /** @type {Tools} */
    const tools = { script: join(probes, 'execution.mjs'), ...('modules' in found ? { peers: found.modules } : { problem: found.problem }) };
    return [...warm(tools, runs), cold(tools, runs), together(tools, runs), mixed(tools), ...archives(Math.ceil(runs / 4))];
  },
};

/**
 * @typedef {object} Tools
 * @property {string} script the probe
 * @property {string} [peers] their `node_modules`
 * @property {string} [problem] why there are none
 */

/**
 * @typedef {object} Runner
 * @property {string} runner
 * @property {string} label
 * @property {boolean} [isPeer]
 * @property {Readonly<Record<string, number>>} [most] what is wanted of it in milliseconds, by what it answers
 * @property {Readonly<Record<string, number>>} [tail] the same of the slowest hundredth
 */

const INLINE = 'structum, inline';

/** @type {readonly Runner[]} */
const RUNNERS = [
  { runner: 'inline', label: INLINE },
  { runner: 'worker', label: 'structum, worker', most: { echo: 0.3 } },
  { runner: 'piscina', label: 'piscina, a worker', isPeer: true },
  { runner: 'tinypool', label: 'tinypool, a worker', isPeer: true },
  { runner: 'process', label: 'structum, isolated process' },
  { runner: 'strict', label: 'structum, strict: sandboxed process', most: { echo: 0.5, mebibyte: 3 }, tail: { echo: 5 } },
  { runner: 'workerpool', label: 'workerpool, a process', isPeer: true },
];

/**
 * @param {Tools} tools
 * @param {string} runner
 * @param {string} task
 * @param {number} count
 */
function commandOf({ script, peers }, runner, task, count) {
  return { program: process.execPath, args: [script, runner, task, String(count), ...(peers === undefined ? [] : [peers])] };
}

/**
 * @param {Tools} tools
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison[]}
 */
function warm(tools, runs) {
  const measured = RUNNERS.map((row) => {
    if (row.isPeer === true && tools.problem !== undefined) return { row, times: { echo: [], mebibyte: [] }, note: tools.problem };
    return { row, times: JSON.parse(run(commandOf(tools, row.runner, 'calls', runs * 50)).output) };
  });
  return /** @type {const} */ (['echo', 'mebibyte']).map((job) => ({
    title: job === 'echo' ? 'One warm call after the other, with little input' : 'The same with 1 MiB of bytes for an answer',
    unit: /** @type {const} */ ('ms'),
    baseline: INLINE,
    rows: measured.map(({ row, times, note }) => ({
      label: row.label, samples: times[job],
      ...targetOf(row, job),
      note: note ?? slowest(times[job], row.tail?.[job]),
    })),
  }));
}

/**
 * @param {Runner} runner
 * @param {string} job
 * @returns {{ target?: import('../lib/report.mjs').Target }}
 */
function targetOf({ most = {} }, job) {
  return most[job] === undefined ? {} : { target: { most: most[job] } };
}

/**
 * @param {readonly number[]} samples
 * @param {number} [most] that is wanted
 */
function slowest(samples, most) {
  const p99 = percentile(samples, 0.99);
  return `p99 ${p99.toFixed(2)} ms${most === undefined ? '' : `, of ${String(most)} at most: ${p99 <= most ? 'met' : 'MISSED'}`}`;
}

/**
 * @param {readonly number[]} samples
 * @param {number} share
 */
function percentile(samples, share) {
  return samples.toSorted((one, other) => one - other)[Math.floor(samples.length * share)] ?? NaN;
}

/**
 * @param {Tools} tools
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison}
 */
function cold(tools, runs) {
  const bare = 'node -e 0';
  return {
    title: 'The first call, from the start of a process to its end',
    unit: 'ms',
    baseline: bare,
    rows: measureInTurn([
      { label: bare, command: { program: process.execPath, args: ['-e', '0'] } },
      ...RUNNERS.map((row) => {
        if (row.isPeer === true && tools.problem !== undefined) return { label: row.label, note: tools.problem };
        return { label: row.label, command: commandOf(tools, row.runner, 'cold', 1), ...(row.runner === 'strict' ? { target: { extra: 150 } } : {}) };
      }),
    ], runs),
  };
}

/** Commands that are started at once. */
const TOGETHER = 100;

/**
 * @param {Tools} tools
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison}
 */
function together(tools, runs) {
  return {
    title: `${String(TOGETHER)} commands at once, each in a process or thread of its own, from the first to the last answer`,
    unit: 'ms',
    rows: /** @type {const} */ (['worker', 'process', 'strict']).map((runner) => {
      const measured = Array.from({ length: Math.ceil(runs / 5) }, () => JSON.parse(run(commandOf(tools, runner, 'together', TOGETHER)).output));
      const memory = summarize(measured.map(({ memory, processes }) => (processes === 0 ? 0 : memory / processes))).median;
      const right = measured.every(({ isRight }) => isRight) ? 'all answers right' : 'WRONG ANSWERS';
      return {
        label: RUNNERS.find((row) => row.runner === runner)?.label ?? runner,
        samples: measured.map(({ time }) => time),
        note: `${right}${memory === 0 ? '' : `; ${(memory / 1e6).toFixed(1)} MB for each of ${String(measured[0].processes)} processes`}`,
      };
    }),
  };
}

const MIXED = 10_000;

/** What comes of so many, where each call gets its result or its own error. */
const MIXED_OUTCOMES = { 'echo: right': MIXED * 0.98, 'crash: PLUGIN_CRASHED': MIXED * 0.01, 'hang: LIMIT_EXCEEDED': MIXED * 0.01 };

/** Bytes of heap that may stay: half a kilobyte for each call would be a leak. */
const MOST_HEAP = 5e6;

/**
 * @param {Tools} tools
 * @returns {import('../lib/report.mjs').Comparison}
 */
function mixed(tools) {
  const { time, outcomes, heap, memory, descriptors, processes } = JSON.parse(run(commandOf(tools, 'strict', 'mixed', MIXED)).output);
  const told = Object.entries(outcomes).map(([outcome, number]) => `${outcome} ${String(number)}`).join(', ');
  const isRight = Object.entries(MIXED_OUTCOMES).every(([outcome, number]) => outcomes[outcome] === number);
  const isClean = heap < MOST_HEAP && descriptors <= 0 && processes === 0;
  const left = `${(heap / 1e6).toFixed(1)} MB of heap, ${(memory / 1e6).toFixed(1)} MB resident, ${String(descriptors)} descriptors, ${String(processes)} processes`;
  return {
    title: `${MIXED.toLocaleString('en')} commands, of which each hundredth crashes and each hundredth hangs until it is ended after 300 ms`,
    unit: 'ms',
    rows: [{
      label: 'structum, strict', samples: [time],
      note: `${isRight ? 'each with its result or its own error' : `WRONG OUTCOMES (${told})`}; ${isClean ? 'nothing leaked' : 'LEAKED'}: ${left} more than after ${String(MIXED / 20)} of them`,
    }],
  };
}

/**
 * In the folder's own file, as it is by default, and in one that lies elsewhere, which the host writes for a plugin in a
 * sandbox.
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Comparison[]}
 */
function archives(runs) {
  const { bin } = installation();
  const { folder: cwd, files } = corpus();
  const elsewhere = join(cached('output', '', () => undefined), 'structum.md');
  const command = (/** @type {string[]} */ ...more) => ({ program: process.execPath, args: [bin, 'archive', '--hidden', ...more], cwd });
  const places = [{ title: 'in its folder', flags: [] }, { title: 'elsewhere', flags: ['--output', elsewhere] }];
  const compared = places.map(({ title, flags }) => ({
    title: `structum archive of ${files.toLocaleString('en')} files, written ${title}`,
    unit: /** @type {const} */ ('ms'),
    baseline: 'inline',
    rows: measureInTurn([
      { label: 'inline', command: command(...flags) },
      { label: 'strict', command: command(...flags, '--set', 'security.sandbox_mode=strict'), target: { ratio: 1.3 } },
    ], runs),
  }));
  rmSync(join(cwd, 'archive.md'), { force: true });
  return compared;
}
