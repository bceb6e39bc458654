/** `npm test -- <arguments for mocha>`: every test, installed and built first where needed. */

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { makeReady } from './lib/ready.mjs';

makeReady();
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
process.argv[1] = mocha;
await import(pathToFileURL(mocha).href);
