/** Opens a catalog again and again, each time after a change: `node index-child.js <host> <cache>`, until it is killed. */
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '@structum/core';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';

const [host = '', cache = ''] = process.argv.slice(2);
const passing = join(host, 'node_modules/passing');

for (;;) {
  // Made and removed again: the folder has another time, and the same plugins.
  mkdirSync(passing, { recursive: true });
  rmdirSync(passing);
  openCatalog({ locations: [join(host, 'app.js')], discover: { cache }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger }).find('command', 'none');
  process.stdout.write('.');
}
