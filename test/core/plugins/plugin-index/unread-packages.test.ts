import { spawnSync } from 'node:child_process';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';

/** Everything but the manifest is a pipe that nobody writes into: whoever opened it would wait for ever. */
describe('A plugin that nobody uses yet', function () {
  this.timeout(30_000);

  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  function install(modules: string, name: string, more?: Parameters<typeof writePackage>[2]): void {
    const folder = join(modules, name);
    writePackage(folder, name, more);
    for (const file of ['package.json', 'index.cjs', 'README.md', 'structum.config.json']) {
      rmSync(join(folder, file), { force: true });
      expect(spawnSync('mkfifo', [join(folder, file)]).status).to.equal(0);
    }
    // What is not read may be as large as it likes.
    writeFileSync(join(folder, 'data.bin'), '');
    truncateSync(join(folder, 'data.bin'), 100 * 2 ** 20);
  }

  const plugins: readonly (readonly [name: string, more: Parameters<typeof writePackage>[2]])[] = [
    ['one', { provides: ['one.search'], keywords: ['word'] }], ['two', { requires: { one: '^1.0.0' }, requiresServices: ['one.search'] }], ['three', { requires: { absent: '*' }, activation: ['onService:never.asked'] }],
  ];

  it('is found, listed, looked up and judged by its manifest alone', () => {
    const host = join(temporaryFolder(), 'host');
    linkCore(host);
    for (const [name, more] of plugins) install(join(host, 'node_modules'), name, more);
    writeFiles(host, {
      'package.json': {},
      'list.mjs': `
        import { Structum } from '@structum/core';
        const structum = await Structum.create({ from: import.meta.url, discover: { cache: process.argv[2] } });
        const { registry } = structum;
        const judged = await registry.judged();
        const { length } = [registry.command('two'), registry.route(['one']), registry.provider('one.search'), ...registry.category('utility'), ...registry.keyword('word'), ...registry.dependsOn('two'), ...registry.dependents('one'), ...registry.commands];
        registry.refresh();
        await structum.dispose();
        process.stdout.write(JSON.stringify([judged.map(({ name, state }) => name + ' ' + state), length > 9, registry.problems()]));`,
    });
    for (const run of ['cold', 'warm']) {
      const { stdout, stderr, signal } = spawnSync(process.execPath, [join(host, 'list.mjs'), join(host, '../cache')], { encoding: 'utf8', timeout: 10_000, killSignal: 'SIGKILL' });
      expect([stdout, stderr, signal], run).to.deep.equal([JSON.stringify([['one resolved', 'three rejected', 'two resolved'], true, []]), '', null]);
    }
  });

  it('is in nobody\'s way on a command line', async () => {
    const cli = new CliInstallation().link('tree').link('plugins');
    for (const [name, more] of plugins) install(join(cli.folder, 'node_modules'), name, more);
    const cwd = temporaryFolder();
    for (const args of [['tree'], ['--help'], ['two', '--help'], ['plugins', 'list'], ['plugins', 'info', 'two'], ['plugins', 'why', 'one'], ['plugins', 'graph'], ['__complete', '--', 'tw']]) {
      const child = cli.start(args, { cwd });
      const limit = setTimeout(() => { child.kill('SIGKILL'); }, 10_000);
      child.stdin?.end();
      child.stdout?.resume();
      const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => { child.once('close', (...ended) => { resolve(ended); }); });
      clearTimeout(limit);
      expect([code, signal], args.join(' ')).to.deep.equal([0, null]);
    }
  });
});
