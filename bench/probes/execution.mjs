/**
 * What commands cost that do not run in the host's own thread: `node execution.mjs <runner> <task> <count> [peers]`.
 * What was measured goes to stdout as JSON; times are in milliseconds.
 */

import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const [runner, task, count, peers] = process.argv.slice(2);
const script = fileURLToPath(new URL('execution-worker.mjs', import.meta.url));
const runners = { piscina: pool, tinypool: pool, workerpool, inline: structum, worker: structum, process: structum, strict: structum };

const { call, end, facts = () => ({}) } = await runners[runner](runner);
writeSync(1, JSON.stringify(await { calls, cold, together, mixed }[task](Number(count))));
await end();

/** Each after the other, warm. */
async function calls(times) {
  const result = {};
  for (const job of ['echo', 'mebibyte']) {
    for (let done = 0; done < times / 2; done += 1) await call(job, { text: 'hello' });
    result[job] = [];
    for (let done = 0; done < times; done += 1) {
      const start = performance.now();
      await call(job, { text: 'hello' });
      result[job].push(performance.now() - start);
    }
  }
  return result;
}

/** The first one. */
async function cold() {
  await call('echo', { text: 'hello' });
  return {};
}

/** All at once. */
async function together(times) {
  const start = performance.now();
  const answers = await Promise.all(Array.from({ length: times }, (_, index) => call('echo', { text: String(index) })));
  const isRight = answers.every(({ text }, index) => text === String(index));
  return { isRight, time: performance.now() - start, ...facts() };
}

/**
 * Some of which crash, and some of which hang. A twentieth of them goes ahead, so that what a process opens and keeps
 * once is not counted.
 */
async function mixed(times) {
  await mixedCalls(times / 20);
  const before = await footprint();
  const start = performance.now();
  const outcomes = await mixedCalls(times);
  const time = performance.now() - start;
  const after = await footprint();
  await end();
  await sleep(500);
  return { outcomes, time, heap: after.heap - before.heap, memory: after.memory - before.memory, descriptors: after.descriptors - before.descriptors, processes: children() };
}

/** How often each outcome came. */
async function mixedCalls(times) {
  const outcomes = {};
  const all = Array.from({ length: times }, async (_, index) => {
    const command = index % 100 === 1 ? 'crash' : index % 100 === 2 ? 'hang' : 'echo';
    const outcome = await call(command, { text: String(index) }).then(({ text }) => (text === String(index) ? 'right' : 'wrong'), ({ code }) => code);
    const key = `${command}: ${outcome}`;
    outcomes[key] = (outcomes[key] ?? 0) + 1;
  });
  await Promise.all(all);
  return outcomes;
}

/** What this process holds once everything is collected that nobody needs any more, and once no guest of it starts. */
async function footprint() {
  await sleep(1000);
  for (let round = 0; round < 3; round += 1) {
    collect();
    await sleep(50);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { memory: rss, heap: heapUsed + external, descriptors: descriptors() };
}

function collect() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

function descriptors() {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

function children() {
  return process.platform === 'linux' ? childrenOf(process.pid).length : 0;
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter((child) => child !== '');
  } catch {
    return [];
  }
}

/** Each with what it shares with nobody, and its part of what it shares. */
function memoryBelow(pid) {
  return childrenOf(pid).reduce((sum, child) => sum + proportionalMemory(child) + memoryBelow(child), 0);
}

function proportionalMemory(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function structum(kind) {
  const { Structum } = await import('@structum/core');
  const { default: plugin } = createRequire(import.meta.url)('./execution-plugin.cjs');
  const host = await Structum.create({
    plugins: [plugin],
    cwd: import.meta.dirname,
    config: {
      plugin_policy: { executor: { probe: kind === 'strict' ? 'process' : kind } },
      security: {
        sandbox_mode: kind === 'strict' ? 'strict' : 'standard',
        concurrency: task === 'together' ? { global: 1000, per_plugin: 1000 } : {},
        limits: task === 'mixed' ? { wall_time: 300 } : {},
      },
    },
  });
  return {
    call: (command, input) => host.run(command, command === 'echo' ? input : {}),
    end: () => host.dispose(),
    facts: () => ({ processes: childrenOf(process.pid).length, memory: memoryBelow(process.pid) }),
  };
}

async function pool(name) {
  const module = await import(pathToFileURL(createRequire(join(peers, 'x.cjs')).resolve(name)).href);
  const Pool = module.Piscina ?? module.Tinypool ?? module.default;
  const workers = new Pool({ filename: script, minThreads: 1, ...(task === 'together' ? {} : { maxThreads: 1 }) });
  return { call: (job, input) => workers.run({ job, input }), end: () => workers.destroy() };
}

async function workerpool() {
  const file = createRequire(join(peers, 'x.cjs')).resolve('workerpool');
  const program = fileURLToPath(new URL('execution-workerpool.mjs', import.meta.url));
  const workers = createRequire(import.meta.url)(file).pool(program, {
    workerType: 'process', forkOpts: { serialization: 'advanced', env: { ...process.env, WORKERPOOL: file } }, ...(task === 'together' ? {} : { maxWorkers: 1 }),
  });
  return { call: (job, input) => workers.exec('run', [job, input]), end: () => workers.terminate() };
}
