import { join } from 'node:path';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';
import { peer } from '../lib/peers.mjs';
import { run } from '../lib/program.mjs';

/** @type {import('../lib/report.mjs').Benchmark} */
export const embed = {
  description: 'in one process: import, Structum.create(), the first command, and each one after it',
  runs: 30,
  measure(runs) {
    const { probes } = installation();
    const modules = inFreshProcess(probes, 'mjs', 'import @structum/core, create, run', runs);
    return [
      { title: 'A host with one plugin, an ES module in a fresh process', unit: 'ms', baseline: 'empty.mjs', rows: modules },
      { title: 'Its steps, within that process', unit: 'ms', rows: stepsOf(modules) },
      { title: 'The same host in CommonJS', unit: 'ms', baseline: 'empty.cjs', rows: inFreshProcess(probes, 'cjs', 'require @structum/core, create, run', runs) },
      { title: 'One call, in a warm process', unit: 'µs', baseline: 'async function', rows: calls(probes, runs) },
    ];
  },
};

/**
 * @param {string} probes
 * @param {string} extension
 * @param {string} label
 * @param {number} runs
 */
function inFreshProcess(probes, extension, label, runs) {
  const command = (/** @type {string} */ name) => ({ program: process.execPath, args: [join(probes, `${name}.${extension}`)] });
  return measureInTurn([
    { label: `empty.${extension}`, command: command('bare') },
    { label, command: command('embed'), target: { extra: 25, extraMemory: 5e6 } },
  ], runs);
}

/** @param {readonly import('../lib/measure.mjs').Measurement[]} modules */
function stepsOf(modules) {
  const steps = modules.flatMap(({ outputs }) => outputs).filter((output) => output !== '').map((output) => JSON.parse(output));
  return Object.entries(STEPS).map(([step, label]) => ({ label, samples: steps.map((times) => times[step]) }));
}

const STEPS = { import: "import '@structum/core'", create: 'Structum.create()', run: 'the first run()', dispose: 'dispose()' };

/**
 * @param {string} probes
 * @param {number} runs
 * @returns {import('../lib/report.mjs').Measured[]}
 */
function calls(probes, runs) {
  const commander = peer('commander');
  const path = 'modules' in commander ? [join(commander.modules, 'commander')] : [];
  const { output } = run({ program: process.execPath, args: [join(probes, 'calls.mjs'), String(runs), ...path] });
  const costs = JSON.parse(output);
  return [
    { label: 'async function', samples: costs.function },
    { label: 'commander: parse words, call', samples: costs.commander ?? [], ...('problem' in commander ? { note: commander.problem } : {}) },
    { label: 'structum.run(): check input, call, copy result', samples: costs.structum },
  ];
}
