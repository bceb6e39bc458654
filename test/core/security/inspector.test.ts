import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** Sends the signal to its own process, and says where the inspector is after many turns of the event loop, and much work in other threads. */
const PROBE = `async () => {
  process.kill(process.pid, 'SIGUSR1');
  for (let turn = 0; turn < 200; turn += 1) {
    await new Promise((resolve) => { setImmediate(resolve); });
    await require('node:fs').promises.stat(__filename);
  }
  return require('node:inspector').url() ?? 'shut';
}`;

describe('the inspector of a host', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  /** What a program prints, and nothing of its debugger. */
  async function printed(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<{ readonly lines: readonly string[]; readonly stderr: string }> {
    // Any port: others may be tested meanwhile.
    const child = spawn(process.execPath, ['--inspect-port=0', ...args], { cwd, env: { ...process.env, NODE_OPTIONS: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    let stderr = '';
    createInterface({ input: child.stdout }).on('line', (line) => { lines.push(line); });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
    await once(child, 'close');
    return { lines, stderr };
  }

  it('is opened by the signal where nobody guards it, so that this can be seen', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'program.cjs': `(${PROBE})().then((where) => { console.log(where); process.exit(); });` });
    expect((await printed(['program.cjs'], folder)).lines[0]).to.match(/^ws:/);
  });

  it('stays shut in a command line, whoever sends the signal', async function () {
    this.timeout(20_000);
    const cli = await new CliInstallation().add('probe', `
      const { defineCommand, definePlugin } = require('@structum/core');
      exports.default = definePlugin({ name: 'probe', description: 'x', commands: [defineCommand({ path: 'probe', description: 'x', execute: ${PROBE}, render: (where, out) => out.line(where) })] });`);
    const home = temporaryFolder();
    const { lines, stderr } = await printed([cli.bin, 'probe'], cli.folder, { STRUCTUM_CONFIG_HOME: home, STRUCTUM_CACHE_HOME: home, STRUCTUM_DATA_HOME: home, STRUCTUM_STATE_HOME: home });
    expect(stderr).to.equal('');
    expect(lines).to.deep.equal(['shut']);
  });

  it('stays shut in a host of its own from when it runs a plugin in a process', async function () {
    this.timeout(20_000);
    const folder = temporaryFolder();
    linkCore(folder);
    const own = join(folder, 'node_modules/structum-plugin-guest');
    mkdirSync(own, { recursive: true });
    writeFiles(own, {
      'package.json': { name: 'structum-plugin-guest', version: '1.2.3', main: './index.cjs', keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } },
      'index.cjs': `const { defineCommand, definePlugin } = require('@structum/core');
        exports.default = definePlugin({ name: 'guest', description: 'x', executor: 'process', commands: [defineCommand({ path: 'guest', description: 'x', execute: () => 'ran' })] });`,
    });
    const { manifest, file } = await generateManifest({ folder: own });
    writeFileSync(file, formatManifest(manifest));
    writeFiles(folder, {
      'host.cjs': `const { Structum } = require('@structum/core');
        (async () => {
          const structum = await Structum.create({ from: __filename, discover: true });
          console.log(await structum.run('guest'));
          console.log(await (${PROBE})());
          await structum.dispose();
        })();`,
    });
    const { lines, stderr } = await printed(['host.cjs'], folder);
    expect(stderr.replace(/.*ExperimentalWarning.*/, '')).to.not.contain('Debugger');
    expect(lines, stderr).to.deep.equal(['ran', 'shut']);
  });
});
