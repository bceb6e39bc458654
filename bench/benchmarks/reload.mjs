import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from '../lib/installation.mjs';
import { installPlugins, nameOf } from '../lib/plugins.mjs';
import { run } from '../lib/program.mjs';

/** How many plugins there are, of which one is reloaded. */
const PLUGINS = 1000;

/** How often the memory curve reloads. */
const RELOADS = 500;

const KINDS = {
  module: 'ES modules, in this thread',
  commonjs: 'CommonJS, in this thread',
  worker: 'CommonJS, in a worker that is replaced',
};

/** @type {import('../lib/report.mjs').Benchmark} */
export const reload = {
  description: 'reload of one plugin among 1,000, and what 500 reloads in a row leave in memory',
  runs: 30,
  measure(runs) {
    const { probes } = installation();
    const plugins = pluginsBeside(probes);
    return [
      {
        title: `structum.reload() of a plugin that changed, among ${PLUGINS.toLocaleString('en')}, after the debounce`,
        unit: 'ms',
        rows: [{ label: 'reload', samples: reloads(probes, plugins, runs), target: { most: 100 } }],
      },
      ...Object.entries(KINDS).map(([kind, label]) => curve(probes, kind, label)),
    ];
  },
};

/**
 * Where their `@structum/core` is that of the probes.
 * @param {string} probes
 */
function pluginsBeside(probes) {
  const folder = join(probes, 'reload-plugins');
  rmSync(folder, { recursive: true, force: true });
  installPlugins(folder, PLUGINS);
  return folder;
}

/**
 * @param {string} probes
 * @param {string} plugins
 * @param {number} runs
 * @returns {number[]}
 */
function reloads(probes, plugins, runs) {
  const name = nameOf(PLUGINS / 2);
  const file = join(plugins, `structum-plugin-${name}`, 'plugin.cjs');
  const { output } = run({ program: process.execPath, args: [join(probes, 'reload.mjs'), 'one', plugins, name, file, String(runs)] });
  return JSON.parse(output).reloads;
}

/**
 * @param {string} probes
 * @param {string} kind
 * @param {string} label
 * @returns {import('../lib/report.mjs').Comparison}
 */
function curve(probes, kind, label) {
  const { output } = run({ program: process.execPath, args: ['--expose-gc', join(probes, 'reload.mjs'), 'many', kind, String(RELOADS)] });
  /** @type {{ after: number, reloads: number[], memory: number }[]} */
  const steps = JSON.parse(output);
  return {
    title: `Reloading 100 KB of code again and again: ${label}`,
    unit: 'ms',
    rows: steps.map(({ after, reloads: samples, memory }) => ({ label: `after ${after} reloads`, samples, memory: [memory] })),
  };
}
