/**
 * `node tools/errors-guide.mjs`: writes api-docs/guides/errors.md from the core's catalogue of errors. With `--check`
 * the file is compared, not written.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '@structum/core';
import { root } from './lib/workspace.mjs';
import { writeIfChanged } from './lib/write.mjs';

const file = join(root, 'api-docs/guides/errors.md');

const INTRODUCTION = `# Errors by code

Every error of the core is a \`StructumError\`: its \`code\` is stable, its \`message\` names the subject, its \`hint\` says
what to do, and its \`details\` hold what is set in angle brackets here. How to catch it:
[Embed in an app](./embed-in-an-app.md#errors-by-code).

The command line prints the message and the hint to standard error, and ends with the exit code: 1 where nothing else is
said here. It adds codes of its own for the words of a line, and plugins add theirs.
`;

/** A list of texts for descriptions, of problems with fields for input, with settings for configurations. */
const problems = [Object.assign(Object('<problems>'), {
  field: '<field>', message: '<what is wrong>',
  path: '<setting>', problem: '<what is wrong>', line: '<line>', column: '<column>', reference: '<reference>', place: '<place>',
})];

/** Facts of which the texts need to know more than a name, by code. @type {Readonly<Record<string, object>>} */
const EXAMPLES = {
  PLUGIN_UNFIT: { reasons: [{ message: '<reason>' }, { message: '<reason>' }] },
  LIMIT_EXCEEDED: { limit: 'memory', isFixed: false },
};

/**
 * Stands for the facts of an error: whichever is asked for is its own name, alone or in a list.
 *
 * @param {string} code
 */
function placeholders(code) {
  return new Proxy({ problems, ...EXAMPLES[code] }, {
    get: (known, name) => (Object.hasOwn(known, name) ? Reflect.get(known, name) : placeholder(`<${String(name)}>`)),
  });
}

/** @param {string} text */
function placeholder(text) {
  return Object.assign([text], { startsWith: text.startsWith.bind(text), replace: text.replace.bind(text), toJSON: () => text });
}

const text = [INTRODUCTION, ...Object.entries(catalogue).map(([code, entry]) => section(code, entry))].join('\n');
if (!process.argv.includes('--check')) writeIfChanged(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('api-docs/guides/errors.md does not say what the catalogue says. Run: node tools/errors-guide.mjs');
  process.exitCode = 1;
}

/**
 * @param {string} code
 * @param {{ exitCode?: number | Function, message: Function, hint?: Function }} entry
 */
function section(code, { exitCode, message, hint }) {
  const facts = placeholders(code);
  const advice = hint?.(facts);
  return [
    `## ${code}`,
    '',
    `> ${escape(String(message(facts)))}`,
    ...(advice === undefined ? [] : ['>', `> ${escape(String(advice))}`]),
    ...(exitCode === undefined ? [] : ['', typeof exitCode === 'number' ? `Exit code ${exitCode}.` : 'Exit code 124 where it took too long, 1 otherwise.']),
    '',
  ].join('\n');
}

/** @param {string} message */
function escape(message) {
  return message.replace('<index>1', '<index + 1>').replaceAll('NaN MB', '<size>').replaceAll(/[<>*_`[\]\\]/g, String.raw`\$&`);
}
