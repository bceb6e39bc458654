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

/** @type {Readonly<Record<string, () => number | Promise<number>>>} */
const probes = {
  /** A host is made, and one command is looked up. */
  open: async () => {
    const start = performance.now();
    const structum = await create();
    structum.registry.command('bench-0003 list');
    return performance.now() - start;
  },
  /** One command among all, of plugins that nobody asked for before. */
  lookup: async () => {
    const { registry } = await create();
    registry.command('bench-0000 list');
    const indexes = Array.from({ length: Math.min(count - 1, 50) }, (_none, index) => 1 + Math.floor(index * (count - 1) / Math.min(count - 1, 50)));
    const start = performance.now();
    for (const index of indexes) if (registry.command(`${nameOf(index)} list`) === undefined) throw new Error('It is not there');
    return (performance.now() - start) / indexes.length;
  },
  /** Import and activation of a plugin without requirements. */
  activate: async () => {
    const structum = await create();
    structum.registry.command('bench-0000 list');
    const start = performance.now();
    await structum.activate('bench-0000');
    return performance.now() - start;
  },
  /** Whether each plugin can be used, once all their manifests are there. */
  resolve: async () => {
    const { registry } = await create();
    if (registry.plugins.length < count) throw new Error('Some are missing');
    const start = performance.now();
    const judged = await registry.judged();
    const milliseconds = performance.now() - start;
    if (judged.some(({ state }) => state === 'rejected')) throw new Error('Some cannot be used');
    return milliseconds;
  },
};

function create() {
  return Structum.create({ from: import.meta.url, discover: { cache } });
}

process.stdout.write(JSON.stringify(await probes[what]?.()));
