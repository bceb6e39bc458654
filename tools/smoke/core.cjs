// The core alone, in a CommonJS program.
const assert = require('node:assert/strict');
const { defineCommand, definePlugin, Structum } = require('@structum/core');

const add = defineCommand({
  path: 'add',
  description: 'Add numbers',
  arguments: { numbers: { type: 'array', items: { type: 'number' }, description: 'What to add', required: true } },
  execute: ({ numbers }) => numbers.reduce((sum, number) => sum + number, 0),
});

async function main() {
  const plugin = definePlugin({ name: 'add', description: 'Sums', engine: '^2.0.0', version: '1.0.0', commands: [add] });
  const structum = await Structum.create({ plugins: [plugin] });
  assert.equal(await structum.run('add', { numbers: [1, 2, 3] }), 6);
  await structum.dispose();
}

void main();
