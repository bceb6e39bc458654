/** A host from its import to its first command, a step after another; the milliseconds of each go to stdout. */

import { writeSync } from 'node:fs';
import pluginOf from './plugin.cjs';

const start = performance.now();
const core = await import('@structum/core');
const imported = performance.now();
const structum = await core.Structum.create({ plugins: [pluginOf(core)] });
const created = performance.now();
await structum.run('count', { times: 2 });
const ran = performance.now();
await structum.dispose();
const disposed = performance.now();

writeSync(1, JSON.stringify({ import: imported - start, create: created - imported, run: ran - created, dispose: disposed - ran }));
