/**
 * Times what a host with many plugins does, in a process of its own: `node plugins.mjs <what> <cache>`. Prints
 * milliseconds as JSON.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Structum } from '@structum/core';

const [what = '', cache = ''] = process.argv.slice(2);
const count = readdirSync(join(dirname(fileURLToPath(import.meta.url)), '../node_modules')).filter((name) => name.startsWith('structum-plugin-bench-')).length;
const nameOf = (/** @type {number} */ index) => `bench-${String(index).padStart(4, '0')}`;

/** Eight plugins, spread over all there are: the same number in every host. */
const LOOKED_UP = Array.from({ length: 8 }, (_none, index) => 1 + Math.floor(index * (count - 1) / 8));

/** @type {Readonly<Record<'name' | 'command' | 'alias' | 'service', (registry: import('@structum/core').Registry, index: number) => unknown>>} */
const lookUps = {
  name: (registry, index) => registry.plugin(nameOf(index)),
  command: (registry, index) => registry.command(`${nameOf(index)} list`),
  alias: (registry, index) => registry.command(`${nameOf(index)} ls`),
  service: (registry, index) => registry.provider(`bench.files${String(index)}`),
};

/** Rounds over all of them: enough for the compiler to have seen the code, and then enough to measure. */
const WARM_UP = 2_000;
const MEASURED = 2_000;

/** @type {Readonly<Record<string, () => number | Promise<number>>>} */
const probes = {
  /** A host is made, and one command is looked up. */
  open: async () => {
    const start = performance.now();
    const structum = await create();
    structum.registry.command('bench-0003 list');
    return performance.now() - start;
  },
  /** A plugin that nobody asked for before: its manifest is read from the index. */
  first: async () => {
    const { registry } = await create();
    const [warmUp, measured] = [LOOKED_UP.slice(0, 2), LOOKED_UP.slice(2)];
    for (const index of warmUp) lookUps.command(registry, index);
    return timeOf(() => { for (const index of measured) lookUps.command(registry, index); }) / measured.length;
  },
  name: () => again('name'),
  command: () => again('command'),
  alias: () => again('alias'),
  service: () => again('service'),
  /** Import and activation of a plugin without requirements. */
  activate: async () => {
    const structum = await create();
    structum.registry.command('bench-0000 list');
    const start = performance.now();
    await structum.activate('bench-0000');
    return performance.now() - start;
  },
  /** Whether all packages are as they were. */
  refresh: async () => {
    const { registry } = await create();
    if (registry.plugins.length < count) throw new Error('Some are missing');
    return timeOf(() => { if (registry.refresh()) throw new Error('Something changed'); });
  },
  /** Whether each plugin can be used, once all their manifests are there. The look at their packages that comes first is taken off. */
  resolve: async () => {
    const { registry } = await create();
    if (registry.plugins.length < count) throw new Error('Some are missing');
    const looking = timeOf(() => { registry.refresh(); });
    const start = performance.now();
    const judged = await registry.judged();
    const milliseconds = performance.now() - start - looking;
    if (judged.some(({ state }) => state === 'rejected')) throw new Error('Some cannot be used');
    return milliseconds;
  },
};

/**
 * Looking up plugins that were asked for before.
 * @param {keyof typeof lookUps} kind
 */
async function again(kind) {
  const { registry } = await create();
  for (const index of LOOKED_UP) if (lookUps[kind](registry, index) === undefined) throw new Error('It is not there');
  const rounds = (/** @type {number} */ number) => {
    for (let round = 0; round < number; round += 1) for (const index of LOOKED_UP) lookUps[kind](registry, index);
  };
  rounds(WARM_UP);
  return timeOf(() => { rounds(MEASURED); }) / (MEASURED * LOOKED_UP.length);
}

/** @param {() => void} action */
function timeOf(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function create() {
  return Structum.create({ from: import.meta.url, discover: { cache } });
}

process.stdout.write(JSON.stringify(await probes[what]?.()));
