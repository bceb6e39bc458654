import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { install } from '../../support/install.js';
import { runNpm } from '../../support/npm.js';
import { runNode } from '../../support/run.js';

const PLUGIN = {
  'plugin.cjs': `
const { defineCommand, definePlugin } = require('@structum/core');
const greet = defineCommand({
  path: 'greet', description: 'Greet somebody',
  arguments: { name: { type: 'string', description: 'Who' } },
  execute: ({ name }) => 'Hello, ' + name,
});
module.exports = definePlugin({ name: 'greet', description: 'Greetings', engine: '^2.0.0', commands: [greet] });
`,
  'structum.manifest.json': '',
};

/** The same test for every runner; `imports` is where describe and it come from. */
const test = (imports: string): string => `
${imports}
import assert from 'node:assert/strict';
import { StructumError } from '@structum/core';
import { describeContract, expectManifestFresh, expectNoLeaks, manualClock, testHost } from '@structum/core/testing';
import GreetPlugin from './plugin.cjs';

describe('greet', () => {
  it('greets', async () => {
    const host = await testHost(GreetPlugin, { clock: manualClock(), files: { 'a.txt': '' } });
    const { lines } = await host.capture('greet', { name: 'Ada' });
    assert.deepEqual(lines, ['Hello, Ada']);
    await assert.rejects(host.run('greet', {}), (error) => StructumError.is(error) && error.code === 'INPUT_INVALID');
    await expectNoLeaks(host);
  });

  it('is found by its URL, too', async () => {
    const host = await testHost(new URL('.', import.meta.url));
    assert.equal(await host.run('greet', { name: 'Bob' }), 'Hello, Bob');
    await expectNoLeaks(host);
    await expectManifestFresh(new URL('.', import.meta.url));
    await expectManifestFresh(new URL('.', import.meta.url).href);
  });
});

describeContract({ describe, it }, new URL('.', import.meta.url), { samples: { greet: [{ name: 'Ada' }] } });
`;

async function project(files: Readonly<Record<string, string>>, folder = temporaryFolder()): Promise<string> {
  writeFiles(folder, {
    ...PLUGIN,
    'package.json': {
      name: 'structum-plugin-greet', version: '1.0.0', type: 'module', exports: './plugin.cjs', keywords: ['structum-plugin'],
      structum: { manifest: './structum.manifest.json' }, peerDependencies: { '@structum/core': '^2.0.0' },
    },
    ...files,
  });
  install(folder, ['@structum/core', '@types/node', 'typescript']);
  rmSync(join(folder, 'structum.manifest.json'));
  const make = "import { formatManifest, generateManifest } from '@structum/core/manifest'; import { writeFileSync } from 'node:fs'; const { manifest, file } = await generateManifest({ folder: '.' }); writeFileSync(file, formatManifest(manifest));";
  expect(await runNode(['--input-type=module', '--eval', make], { cwd: folder })).to.have.property('stderr', '');
  return folder;
}

/** Environment in which a runner does not take itself for a part of this one. */
const ALONE = { NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined } as unknown as NodeJS.ProcessEnv;

describe('@structum/core/testing', () => {
  it('works in node:test, as an ES module', async () => {
    const folder = await project({ 'greet.test.mjs': test("import { describe, it } from 'node:test';") });
    const { stdout, code } = await runNode(['--test', '--test-reporter=tap', 'greet.test.mjs'], { cwd: folder, env: ALONE });
    expect(code, stdout).to.equal(0);
    expect(stdout).to.include('ok 1 - greet').and.include('its manifest describes its code').and.match(/# pass 1[0-9]\n# fail 0/);
  });

  it('works in node:test, as CommonJS', async () => {
    const asCommonJs = test("import { describe, it } from 'node:test';")
      .replaceAll(/import (\{[^}]*\}|\w+) from '([^']*)';/g, "const $1 = require('$2');")
      .replaceAll('import.meta.url', "require('node:url').pathToFileURL(__filename)");
    const folder = await project({ 'greet.test.cjs': asCommonJs });
    const { stdout, code } = await runNode(['--test', '--test-reporter=tap', 'greet.test.cjs'], { cwd: folder, env: ALONE });
    expect(code, stdout).to.equal(0);
    expect(stdout).to.match(/# fail 0/);
  });

  it('works in mocha, with types', async function () {
    this.timeout(120_000);
    const folder = await project({
      'greet.test.mts': test(''),
      'plugin.d.cts': "import { definePlugin } from '@structum/core';\ndeclare const plugin: ReturnType<typeof definePlugin>;\nexport = plugin;\n",
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'NodeNext', target: 'ES2022', lib: ['ES2023', 'ESNext.Disposable'], strict: true, exactOptionalPropertyTypes: true, types: ['node', 'mocha'], skipLibCheck: false },
        files: ['greet.test.mts'],
      }),
    });
    install(folder, ['@types/mocha', 'mocha']);
    expect(await runNode(['node_modules/typescript/bin/tsc'], { cwd: folder })).to.deep.include({ stdout: '', code: 0 });
    const { stdout, code } = await runNode(['node_modules/mocha/bin/mocha.js', 'greet.test.mjs'], { cwd: folder, env: ALONE });
    expect(code, stdout).to.equal(0);
    expect(stdout).to.include('✔ greets').and.include('✔ its manifest describes its code');
  });

  it('shows what is wrong', async () => {
    const folder = await project({
      'leaky.test.mjs': `
import { it } from 'node:test';
import { definePlugin } from '@structum/core';
import { expectNoLeaks, testHost } from '@structum/core/testing';

const leaky = definePlugin({ name: 'leaky', description: 'Leaks', onActivate() { setInterval(() => {}, 60_000).unref(); } });
it('leaks', async () => {
  const host = await testHost(leaky);
  await host.activate();
  await expectNoLeaks(host, { patience: 20 });
});
`,
    });
    const { stdout, code } = await runNode(['--test', '--test-reporter=tap', 'leaky.test.mjs'], { cwd: folder, env: ALONE });
    expect(code).to.equal(1);
    expect(stdout).to.include('Plugin "leaky" was taken down, and left something behind').and.include('leaky.test.mjs:6:');
  });

  it('works in vitest', async function () {
    if (process.env['TEST_VITEST'] !== '1') this.skip(); // it is installed for this test alone
    this.timeout(300_000);
    const tools = temporaryFolder();
    writeFiles(tools, { 'package.json': { private: true } });
    const installed = await installFromNetwork(tools, VITEST);
    if (installed !== undefined) {
      if (this.test !== undefined) this.test.title += ` (${VITEST} could not be installed: ${installed})`;
      this.skip();
    }
    const folder = await project({ 'greet.test.js': test("import { describe, it } from 'vitest';") }, join(tools, 'greet'));
    const { stdout, stderr, code } = await runNode([join(tools, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=verbose'], { cwd: folder, env: ALONE });
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.include('its manifest describes its code').and.include('greet > greets');
  });
});

/** The newest that runs on the oldest Node that is supported. */
const VITEST = 'vitest@3';

/** Why that did not work; nothing when it did. */
async function installFromNetwork(folder: string, name: string): Promise<string | undefined> {
  const { stderr, code } = await runNpm(['install', '--no-audit', '--no-fund', '--fetch-timeout=30000', '--fetch-retries=2', name], folder);
  return code === 0 ? undefined : (stderr.split('\n').find((line) => line.includes('npm error')) ?? stderr);
}
