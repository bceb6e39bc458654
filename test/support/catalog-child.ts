/** Looks a command up among the plugins of a project: `node catalog-child.js <project> <cache> <command>`, and prints the versions. */
import { join } from 'node:path';
import { silentLogger } from '@structum/core';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';

const [project = '', cache = '', command = ''] = process.argv.slice(2);
const catalog = openCatalog({ locations: [join(project, 'app.js')], discover: { cache, project }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger });
const found = catalog.find('command', command).flatMap((name) => catalog.entries(name));
process.stdout.write(JSON.stringify(found.map(({ manifest: { version } }) => version)));
