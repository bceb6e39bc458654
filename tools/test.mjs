/** `npm test -- <arguments for mocha>`: the tests, installed and built first where needed; all, or the files named. */

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { makeReady } from './lib/ready.mjs';

makeReady();
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const arguments_ = process.argv.slice(2);
if (!arguments_.some((argument) => argument.endsWith('.js'))) arguments_.push('test/build/**/*.test.js');
process.argv = [process.execPath, mocha, ...arguments_];
await import(pathToFileURL(mocha).href);
