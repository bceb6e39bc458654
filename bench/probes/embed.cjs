'use strict';

/** The same host as embed.mjs, in CommonJS. */

const core = require('@structum/core');
const pluginOf = require('./plugin.cjs');

void main();

async function main() {
  const structum = await core.Structum.create({ plugins: [pluginOf(core)] });
  await structum.run('count', { times: 2 });
  await structum.dispose();
}
