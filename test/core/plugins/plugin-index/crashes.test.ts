import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { silentLogger } from '@structum/core';
import { expect } from 'chai';
import { openCatalog } from '#internal/core/plugins/plugin-index/index.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';

const CHILD = fileURLToPath(import.meta.resolve('../../../support/index-child.js'));

/** How often a process is killed; `STRUCTUM_CRASHES` says so for long runs. */
const CRASHES = Number(process.env['STRUCTUM_CRASHES'] ?? 15);

describe('Processes that are killed while they write an index', () => {
  let host: string;
  let cache: string;

  beforeEach(() => {
    const folder = temporaryFolder();
    host = join(folder, 'host');
    cache = join(folder, 'cache');
    writeFiles(host, { 'package.json': {} });
    for (let index = 0; index < 300; index += 1) writePackage(join(host, `node_modules/plugin-${String(index)}`), `plugin-${String(index)}`);
  });

  const kept = (): readonly string[] => readdirSync(join(cache, 'plugins'));
  const find = (name: string): readonly string[] =>
    openCatalog({ locations: [join(host, 'app.js')], discover: { cache }, trustedProjects: [], coreVersion: '2.0.0', logger: silentLogger }).find('command', name);

  it(`do no harm, ${String(CRASHES)} times, and nothing of them is left`, async function () {
    this.timeout(CRASHES * 3_000 + 20_000);
    for (let crash = 0; crash < CRASHES; crash += 1) {
      const child = spawn(process.execPath, [CHILD, host, cache], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await sleep(Math.random() * 40);
      child.kill('SIGKILL');
      await once(child, 'close');
      expect([find('plugin-7'), find('plugin-299'), find('none')]).to.deep.equal([['plugin-7'], ['plugin-299'], []]);
      // What one left behind, the next one who writes removes.
      expect(kept().filter((name) => name.endsWith('.tmp')).length).to.be.at.most(1);
    }
    mkdirSync(join(host, 'node_modules/last'));
    find('plugin-7');
    expect(kept()).to.have.length(1);
  });
});
