'use strict';

const { defineCommand, definePlugin } = require('@structum/core');

const named = { text: { description: 'Text', type: 'string', required: false } };

/** A plugin whose commands do next to nothing, or what they must not. */
exports.default = definePlugin({
  name: 'probe',
  version: '1.0.0',
  description: 'Probe',
  engine: '^2.0.0',
  module: __filename,
  commands: [
    defineCommand({ path: 'echo', description: 'Answer', arguments: named, execute: ({ text }) => ({ text }) }),
    defineCommand({ path: 'mebibyte', description: 'Answer much', execute: () => ({ bytes: new Uint8Array(2 ** 20) }) }),
    defineCommand({ path: 'crash', description: 'End the process', execute: () => process.exit(1) }),
    defineCommand({ path: 'hang', description: 'Never end', execute: () => { for (;;); } }),
  ],
});
