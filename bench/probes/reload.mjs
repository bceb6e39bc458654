/**
 * Reloads a plugin in one process: `reload.mjs one <folder> <plugin> <file> <runs>` among all plugins of a folder,
 * `reload.mjs many <kind> <reloads>` again and again. Milliseconds and memory go to stdout.
 */

import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Structum } from '@structum/core';

/** How many reloads lie between two looks at the memory. */
const STEP = 100;

/** @returns {Promise<{ reloads: number[] }>} milliseconds of each */
async function reloadOne(folder, plugin, file, runs) {
  const structum = await Structum.create({ discover: { host: false, folders: [folder] } });
  await structum.run(`${plugin} list`, { folder });
  const reloads = [];
  for (let run = 0; run < Number(runs); run += 1) {
    appendFileSync(file, `// ${String(run)}\n`);
    const start = performance.now();
    await structum.reload(plugin);
    reloads.push(performance.now() - start);
    await structum.run(`${plugin} list`, { folder });
  }
  await structum.dispose();
  return { reloads };
}

/** @returns {Promise<{ after: number, reloads: number[], memory: number }[]>} for each step */
async function reloadMany(kind, reloads) {
  const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), 'reload-'));
  try {
    const host = kind === 'worker' ? new WorkerHost(folder) : new InlineHost(folder);
    const write = kind === 'module' ? writeModules : writeCommonJs;
    write(folder, 0);
    await host.start();
    const steps = [{ after: 0, reloads: [], memory: memory() }];
    for (let count = 1, times = []; count <= Number(reloads); count += 1) {
      write(folder, count);
      // Each in a turn of its own, as in a host: until one ends, what weak references lead to is kept.
      await setImmediate();
      const start = performance.now();
      await host.reload();
      times.push(performance.now() - start);
      if (count % STEP !== 0) continue;
      steps.push({ after: count, reloads: times, memory: memory() });
      times = [];
    }
    await host.end();
    return steps;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

class InlineHost {
  #file;
  #structum;

  constructor(folder) {
    this.#file = join(folder, 'index.js');
  }

  async start() {
    this.#structum = await Structum.create({ from: import.meta.url, plugins: [this.#file] });
    await this.#structum.run('reloaded');
  }

  async reload() {
    await this.#structum.reload('reloaded');
    await this.#structum.run('reloaded');
  }

  end() {
    return this.#structum.dispose();
  }
}

/** Replaces the thread that hosts the plugin. */
class WorkerHost {
  #file;
  #worker;

  constructor(folder) {
    this.#file = join(folder, 'index.js');
  }

  async start() {
    this.#worker = new Worker(`
      const { parentPort, workerData } = require('node:worker_threads');
      const { createRequire } = require('node:module');
      const { Structum } = createRequire(workerData.from)('@structum/core');
      Structum.create({ from: workerData.from, plugins: [workerData.file] }).then((structum) => structum.run('reloaded')).then((result) => parentPort.postMessage(result));
    `, { eval: true, workerData: { file: this.#file, from: fileURLToPath(import.meta.url) } });
    const worker = this.#worker;
    await new Promise((resolve, reject) => { worker.once('message', resolve).once('error', reject); });
  }

  async reload() {
    const old = this.#worker;
    await this.start();
    await old.terminate();
  }

  end() {
    return this.#worker.terminate();
  }
}

function writeModules(folder, version) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'reloaded', type: 'module', structum: {} }));
  writeFileSync(join(folder, 'index.js'), `
    import { defineCommand, definePlugin } from '@structum/core';
    import { sum } from './work.js';
    export default definePlugin({ name: 'reloaded', version: '1.0.0', description: 'v${version}', commands: [
      defineCommand({ path: 'reloaded', description: 'v${version}', execute: () => sum(${version}) }),
    ] });
  `);
  writeFileSync(join(folder, 'work.js'), `${functions()}\nexport const sum = (n) => step0(n) + step999(n);\n`);
}

function writeCommonJs(folder, version) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'reloaded', type: 'commonjs', structum: {} }));
  writeFileSync(join(folder, 'index.js'), `
    const { defineCommand, definePlugin } = require('@structum/core');
    const { sum } = require('./work.js');
    module.exports = definePlugin({ name: 'reloaded', version: '1.0.0', description: 'v${version}', commands: [
      defineCommand({ path: 'reloaded', description: 'v${version}', execute: () => sum(${version}) }),
    ] });
  `);
  writeFileSync(join(folder, 'work.js'), `${functions()}\nexports.sum = (n) => step0(n) + step999(n);\n`);
}

/** 100 KB of code, as much as a plugin of some size has. */
function functions() {
  return Array.from({ length: 1000 }, (_, index) => `function step${index}(value) { const factor = ${index} + 1; return value * factor + 'step ${index} of many'.length; }`).join('\n');
}

function memory() {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

const [mode, ...args] = process.argv.slice(2);
writeSync(1, JSON.stringify(mode === 'one' ? await reloadOne(...args) : await reloadMany(...args)));
