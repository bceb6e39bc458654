/** Checks floors, package boundaries and import cycles; prints one line for each violation. Takes another root. */

import { resolve } from 'node:path';
import { violationsIn } from './lib/boundaries.mjs';
import { root } from './lib/workspace.mjs';

const violations = violationsIn(resolve(process.argv[2] ?? root));
for (const { rule, place, message } of violations) console.error(`${place}: ${rule}: ${message}`);
process.exitCode = violations.length === 0 ? 0 : 1;
