/** `npm run bench -- <name>… [--json] [--runs N]`: measures and prints tables; without a name, what there is. */

import { cpus, loadavg, release } from 'node:os';
import { parseArgs } from 'node:util';
import { makeReady } from '../tools/lib/ready.mjs';
import { archive } from './benchmarks/archive.mjs';
import { config } from './benchmarks/config.mjs';
import { embed } from './benchmarks/embed.mjs';
import { execution } from './benchmarks/execution.mjs';
import { plugins } from './benchmarks/plugins.mjs';
import { reload } from './benchmarks/reload.mjs';
import { start } from './benchmarks/start.mjs';
import { tree } from './benchmarks/tree.mjs';
import { reportOf, textOf } from './lib/report.mjs';

/** @typedef {import('./lib/report.mjs').Benchmark} Benchmark */

/** @type {Readonly<Record<string, Benchmark>>} */
const benchmarks = { start, embed, archive, tree, plugins, reload, config, execution };

process.exitCode = main();

/** @returns {number} the exit code */
function main() {
  const { names, json, runs, problem } = readArguments();
  if (problem !== undefined) {
    console.error(`${problem}\n\n${overview()}`);
    return 2;
  }
  if (names.length === 0) {
    console.log(overview());
    return 0;
  }
  makeReady();
  const results = names.map((name) => measure(name, runs));
  console.log(json ? JSON.stringify(results, undefined, 2) : results.map(format).join('\n\n'));
  return 0;
}

/** @returns {{ names: string[], json: boolean, runs: number | undefined, problem?: string }} */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, runs: { type: 'string' } } });
    const runs = values.runs === undefined ? undefined : Number(values.runs);
    const result = { names: positionals, json: values.json === true, runs };
    const unknown = positionals.find((name) => !Object.hasOwn(benchmarks, name));
    if (unknown !== undefined) return { ...result, problem: `There is no benchmark "${unknown}".` };
    if (runs !== undefined && !(Number.isInteger(runs) && runs > 0)) return { ...result, problem: '--runs takes a whole number above 0.' };
    return result;
  } catch (error) {
    return { names: [], json: false, runs: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

function overview() {
  const width = Math.max(...Object.keys(benchmarks).map((name) => name.length));
  const lines = Object.entries(benchmarks).map(([name, { description }]) => `  ${name.padEnd(width)}  ${description}`);
  return ['npm run bench -- <name>… [--json] [--runs N]', '', ...lines].join('\n');
}

/**
 * @param {string} name
 * @param {number | undefined} givenRuns
 */
function measure(name, givenRuns) {
  const benchmark = /** @type {Benchmark} */ (benchmarks[name]);
  const runs = givenRuns ?? benchmark.runs;
  console.error(`measuring ${name}, ${runs} runs …`);
  const loadBefore = loadavg()[0] ?? 0;
  const comparisons = benchmark.measure(runs).map(reportOf);
  return { benchmark: name, machine: { ...machine(), loadBefore }, runs, comparisons };
}

function machine() {
  const [cpu] = cpus();
  return { system: `${process.platform} ${release()}`, node: process.version, cpu: cpu?.model.trim() ?? 'unknown', cores: cpus().length };
}

/** @param {ReturnType<typeof measure>} result */
function format({ machine: { system, node, cpu, cores, loadBefore }, comparisons }) {
  const where = `Node ${node}, ${system}, ${cores} × ${cpu}, load ${loadBefore.toFixed(1)} at the start`;
  return [where, ...comparisons.map(textOf)].join('\n\n');
}
