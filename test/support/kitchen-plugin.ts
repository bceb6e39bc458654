/** A plugin in plain JavaScript with a command for everything that a command line does. */
export const KITCHEN = `
const { definePlugin, defineCommand, StructumError } = require('@structum/core');
const { setTimeout: wait } = require('node:timers/promises');

const echo = defineCommand({
  path: 'echo',
  aliases: ['say', 'repeat it'],
  description: 'Give the input back',
  details: 'Every kind of option there is.',
  examples: [{ command: 'structum echo word --times 2', description: 'Two times' }],
  arguments: {
    first: { type: 'string', description: 'The first word' },
    more: { type: 'array', items: { type: 'string' }, required: false, description: 'More words' },
  },
  options: {
    times: { flags: '-n,--times', type: 'integer', minimum: 1, description: 'How many times', env: 'ECHO_TIMES' },
    ratio: { type: 'number', description: 'A ratio' },
    loud: { flags: '-l,--loud', default: false, description: 'Loudly' },
    frame: { default: true, description: 'With a frame' },
    style: { type: 'string', enum: ['plain', 'fancy'], default: 'plain', description: 'The style' },
    tag: { flags: '-t,--tag', type: 'array', items: { type: 'string' }, separator: ',', description: 'Tags' },
    level: { flags: '-v,--level', count: true, type: 'integer', description: 'How much' },
    utf8: { flags: '--utf8', type: 'string', description: 'A name with a digit' },
    ancient: { type: 'string', deprecated: 'use --style', description: 'The old way' },
    secret: { type: 'string', hidden: true, description: 'Nobody sees this' },
    file: { flags: '-f,--file', type: 'string', path: 'read', placeholder: 'file', description: 'A file' },
    folder: { type: 'string', path: 'read', placeholder: 'folder', description: 'A folder' },
  },
  execute: (input) => input,
  render: (input, out) => out.line(JSON.stringify(input)),
});

const where = defineCommand({
  path: 'where', description: 'Show the folder',
  options: { plain: { default: false, description: 'Without anything around it' } },
  execute: (_input, context) => context.cwd,
  render: (folder, out) => out.line(folder),
});

const number = defineCommand({
  path: 'number', description: 'Take a number',
  arguments: { value: { type: 'number', description: 'A number' } },
  execute: ({ value }) => value,
  render: (value, out) => out.line(String(value)),
});

const count = defineCommand({
  path: 'count', description: 'Count, item by item',
  arguments: { to: { type: 'integer', default: 3, description: 'The last number' } },
  async *execute({ to }) { for (let number = 1; number <= to; number += 1) yield { number }; },
  renderItem: ({ number }, out) => out.line('item ' + number),
});

const lines = defineCommand({
  path: 'lines', description: 'Write many lines',
  arguments: { amount: { type: 'integer', description: 'How many' } },
  async execute({ amount }, { output, signal }) {
    for (let line = 0; line < amount; line += 1) {
      signal.throwIfAborted();
      await output.line('line ' + line + ' ' + 'x'.repeat(90));
    }
  },
});

const flood = defineCommand({
  path: 'flood', description: 'Write many lines at once',
  execute: (_input, { output }) => output.write(Array.from({ length: 20_000 }, (_none, line) => 'line ' + line + ' ' + 'x'.repeat(90) + '\\n').join('')),
});

const slow = defineCommand({
  path: 'slow', description: 'Wait until it is cancelled',
  options: { stubborn: { default: false, description: 'Do not stop' } },
  async execute({ stubborn }, { signal }) {
    process.stderr.write('waiting\\n');
    for (;;) {
      await wait(60_000, undefined, { signal: stubborn ? undefined : signal }).finally(() => process.stderr.write('cleaned up\\n'));
    }
  },
});

const fail = defineCommand({
  path: 'fail', description: 'Fail',
  arguments: { how: { type: 'string', enum: ['plainly', 'refused', 'badly', 'late', 'colourfully', 'emptily'], description: 'How' } },
  async execute({ how }, context) {
    if (how === 'emptily') require('node:fs').readFileSync('no such file');
    if (how === 'plainly') throw new TypeError('it broke', { cause: new Error('the cause') });
    if (how === 'refused') throw new StructumError({ code: 'KITCHEN_CLOSED', message: 'The kitchen is closed.', hint: 'Come tomorrow.', details: { until: 8 }, exitCode: 3 });
    if (how === 'late') throw new StructumError({ code: 'KITCHEN_LATE', message: 'It took too long.', exitCode: 124 });
    if (how === 'colourfully') throw new Error('red \\u001b[31m and \\u202e reversed');
    context.setExitCode(1);
    return { ok: false };
  },
  render: (_result, out) => out.line('bad'),
});

const log = defineCommand({
  path: 'log', description: 'Log at every level',
  async execute(_input, { logger }) {
    logger.debug('a detail');
    logger.info('a fact', { size: 3 });
    logger.warn('a warning \\u001b[2J\\nerror: forged');
    logger.error('a failure', { error: new Error('why') });
  },
});

const ask = defineCommand({
  path: 'ask', description: 'Ask',
  execute: (_input, context) => context.confirm('Go on?'),
  render: (answer, out) => out.line('answer ' + answer),
});

const wish = defineCommand({
  path: 'wish', description: 'Ask for a text', hidden: true,
  arguments: { choices: { description: 'To choose from', type: 'array', items: { type: 'string' }, default: [] } },
  execute: ({ choices: [fallback, ...others] }, context) =>
    context.ask(fallback === undefined ? 'Which dish?' : { message: 'Which dish?', default: fallback, choices: [fallback, ...others] }),
  render: (answer, out) => out.line('wish ' + answer),
});

const progress = defineCommand({
  path: 'progress', description: 'Report progress',
  async execute(_input, context) {
    for (let done = 0; done <= 8; done += 1) {
      context.progress.report({ message: 'cooking', completed: done, total: 8, unit: 'dishes' });
      if (done === 6) context.logger.warn('salt is low');
      await wait(60);
    }
    return 'served';
  },
  render: (result, out) => out.line(result),
});

const colors = defineCommand({
  path: 'colors', description: 'Tell what the output can',
  execute: (_input, { output }) => {
    output.line(JSON.stringify({ color: output.color, isTerminal: output.isTerminal, columns: output.columns ?? null, unicode: output.unicode }));
  },
});

const data = defineCommand({
  path: 'data', description: 'Return what JSON does not know',
  execute: () => ({ big: 12n, map: new Map([['a', 1]]), set: new Set([1]), bytes: new Uint8Array([1, 2]), date: new Date(0), nothing: undefined }),
});

const nothing = defineCommand({ path: 'nothing', description: 'Return nothing', execute: () => undefined });
const boxOpen = defineCommand({ path: 'box open', description: 'Open the box', examples: [{ command: 'structum box open --quiet', description: 'Softly' }], execute: () => 'open', render: (text, out) => out.line(text) });
const boxClose = defineCommand({ path: 'box close', description: 'Close the box', execute: () => 'closed', render: (text, out) => out.line(text) });
const hidden = defineCommand({ path: 'hidden-door', hidden: true, description: 'Not to be seen', execute: () => 'found', render: (text, out) => out.line(text) });
const old = defineCommand({ path: 'old', deprecated: 'use echo', description: 'From long ago', execute: () => 'old', render: (text, out) => out.line(text) });
const crash = defineCommand({
  path: 'crash', description: 'Fail in a timer, or in a promise',
  arguments: { where: { type: 'string', enum: ['timer', 'promise'], description: 'Where' } },
  async execute({ where }, { signal }) {
    if (where === 'timer') setTimeout(() => { throw new Error('late trouble'); }, 5);
    else void Promise.reject(new Error('late trouble'));
    await wait(60_000, undefined, { signal });
  },
});
const leak = defineCommand({ path: 'leak', description: 'Leave a timer running', execute: () => { setInterval(() => {}, 1000); } });

module.exports = definePlugin({
  name: 'kitchen', category: 'utility', description: 'For tests',
  commands: [echo, where, number, count, lines, flood, slow, fail, log, ask, wish, progress, colors, data, nothing, boxOpen, boxClose, hidden, old, crash, leak],
  onDeactivate() { if (process.env.KITCHEN_NOISY) process.stderr.write('kitchen closed\\n'); },
});
`;
