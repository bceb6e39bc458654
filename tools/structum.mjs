/**
 * `npm run structum -- <arguments>`: the command line of this work tree, installed and built first where needed.
 * It runs in this very process, so signals, stdin and the exit code are its own.
 */

import { createRequire } from 'node:module';
import { makeReady } from './lib/ready.mjs';

makeReady();
// npm starts scripts in the root folder; the arguments are relative to where it was called.
if (process.env['npm_lifecycle_event'] === 'structum') process.chdir(process.env['INIT_CWD'] ?? '.');
const require = createRequire(import.meta.url);
const bin = require.resolve('../bin/structum.cjs');
process.argv[1] = bin;
require(bin);
