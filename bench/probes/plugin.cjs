'use strict';

/** A plugin with the least of commands. */
module.exports = ({ defineCommand, definePlugin }) => definePlugin({
  name: 'counter',
  version: '1.0.0',
  description: 'Count',
  engine: '^2.0.0',
  commands: [
    defineCommand({
      path: 'count',
      description: 'Count on',
      options: { times: { flags: '-n,--times', description: 'How far', default: 1, minimum: 1 } },
      execute: async ({ times }) => times + 1,
    }),
  ],
});
