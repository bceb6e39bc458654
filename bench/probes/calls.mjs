/**
 * What one call costs once everything is warm: `node calls.mjs <rounds> [path of commander]`.
 * Each way of calling runs once per round; its microseconds per call go to stdout, a list for each.
 */

import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as core from '@structum/core';
import pluginOf from './plugin.cjs';

const CALLS = 2_000;
const [rounds = '10', commander] = process.argv.slice(2);

const structum = await core.Structum.create({ plugins: [pluginOf(core)] });
const ways = {
  function: plainCall(),
  ...(commander === undefined ? {} : { commander: commanderCall(createRequire(import.meta.url)(commander)) }),
  structum: () => structum.run('count', { times: 2 }),
};

const costs = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
for (let round = -1; round < Number(rounds); round++) {
  for (const [name, call] of Object.entries(ways)) {
    const cost = await costOf(call);
    // The first round lets the compiler see what is hot.
    if (round >= 0) costs[name].push(cost);
  }
}
writeSync(1, JSON.stringify(costs));
await structum.dispose();

async function costOf(call) {
  const start = performance.now();
  for (let done = 0; done < CALLS; done++) await call();
  return (performance.now() - start) / CALLS * 1000;
}

function plainCall() {
  const count = async ({ times }) => times + 1;
  return () => count({ times: 2 });
}

function commanderCall({ Command }) {
  const program = new Command().exitOverride();
  program.command('count').option('-n, --times <times>', 'How far', Number, 1).action(async ({ times }) => times + 1);
  return () => program.parseAsync(['count', '--times', '2'], { from: 'user' });
}
