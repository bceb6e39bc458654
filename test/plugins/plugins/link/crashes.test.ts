import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { LinkFolder } from '#internal/plugins/link/link-folder.js';
import { CliInstallation } from '../../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';

const CHILD = fileURLToPath(import.meta.resolve('../../../support/link-child.js'));

/** How often a process is killed; `STRUCTUM_CRASHES` says so for long runs. */
const CRASHES = Number(process.env['STRUCTUM_CRASHES'] ?? 20);

for (const replaces of [true, false]) {
  describe(`Processes that are killed while they change links (links are ${replaces ? 'replaced' : 'moved aside'})`, function () {
    this.timeout(CRASHES * 2_000 + 10_000);

    it(`lose nothing, ${String(CRASHES)} times`, async () => {
      const folder = temporaryFolder();
      const targets = ['one', 'two'].map((name) => join(folder, name));
      for (const target of targets) mkdirSync(target);
      const path = join(folder, 'links');
      const links = new LinkFolder(path, replaces);
      await links.place('kept', targets[0] ?? '');
      for (let crash = 0; crash < CRASHES; crash += 1) {
        const told = await changesUntilKilled([path, String(replaces), ...targets]);
        const found = links.links();
        expect(found.filter(({ folder: target }) => target === undefined || !targets.includes(target))).to.deep.equal([]);
        expect(found.map(({ name }) => name)).to.include('kept');
        expectTold(told, found.map(({ name }) => name));
        expect(readdirSync(path).filter((name) => name.startsWith('.'))).to.deep.equal([]);
        rmSync(join(path, '@scope'), { recursive: true, force: true });
      }
    });
  });
}

describe('A command line whose links were being changed when the process was killed', () => {
  it('starts, and runs its plugin', async function () {
    this.timeout(CRASHES * 1_000 + 10_000);
    const cli = new CliInstallation().link('plugins');
    const targets = ['one', 'two'].map(() => temporaryFolder());
    for (const target of targets) {
      linkCore(target);
      writeFiles(target, {
        'package.json': { name: 'kept', version: '1.0.0', type: 'module', exports: './plugin.js', keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } },
        'plugin.js': `
          import { defineCommand, definePlugin } from '@structum/core';
          export default definePlugin({ name: 'kept', description: 'Kept', commands: [defineCommand({ path: 'kept', description: 'Kept', execute: () => 'kept' })] });`,
      });
      expect(await cli.run(['plugins', 'manifest', target])).to.include({ code: 0 });
    }
    const data = temporaryFolder();
    await new LinkFolder(join(data, 'links')).place('kept', targets[0] ?? '');
    for (let crash = 0; crash < CRASHES / 4; crash += 1) {
      await changesUntilKilled([join(data, 'links'), 'true', ...targets]);
      // These lead to the same plugin.
      rmSync(join(data, 'links/@scope'), { recursive: true, force: true });
      const { code, stdout, stderr } = await cli.run(['kept'], { env: { STRUCTUM_DATA_HOME: data, STRUCTUM_CACHE_HOME: join(data, 'cache') } });
      expect({ code, stdout, stderr }).to.deep.equal({ code: 0, stdout: 'kept\n', stderr: '' });
    }
  });
});

/** What a process told of its changes, until it was killed at some point. */
async function changesUntilKilled(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [CHILD, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => { told += text; });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  await setTimeout(randomInt(30));
  child.kill('SIGKILL');
  await closed;
  return told;
}

/** What was told is true: but for the last change, which may have been undone by one that nobody was told of any more. */
function expectTold(told: string, names: readonly string[]): void {
  const changes = told.split('\n').slice(0, -1).map((line) => line.split(' ') as [string, string]);
  const removed = new Set(changes.filter(([change]) => change === 'removed').map(([, name]) => name));
  for (const name of removed) expect(names).not.to.include(name);
  const placed = changes.filter(([change]) => change === 'placed').map(([, name]) => name).slice(0, -2);
  for (const name of placed) if (!removed.has(name)) expect(names).to.include(name);
}
