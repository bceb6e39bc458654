// The core alone, embedded in an ES module and through require().
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as core from '@structum/core';
import { manifestProblems } from '@structum/core/manifest';
import { expectNoLeaks, testHost } from '@structum/core/testing';

const require = createRequire(import.meta.url);
assert.equal(require('@structum/core').StructumError, core.StructumError, 'import and require() give one instance');
assert.equal(require('@structum/core/manifest').manifestProblems, manifestProblems);
assert.throws(() => require('class-validator'), { code: 'MODULE_NOT_FOUND' });

const { defineCommand, definePlugin, Structum } = core;
const greet = defineCommand({
  path: 'greet',
  description: 'Greet somebody',
  arguments: { name: { type: 'string', description: 'Who to greet', required: true } },
  execute: ({ name }) => `Hello, ${name}!`,
});
const plugin = definePlugin({ name: 'greet', description: 'Greetings', engine: '^2.0.0', version: '1.0.0', commands: [greet] });

const structum = await Structum.create({ plugins: [plugin] });
assert.equal(await structum.run('greet', { name: 'Ada' }), 'Hello, Ada!');
await assert.rejects(structum.run('greet', {}), (error) => core.StructumError.is(error));
await structum.dispose();

const host = await testHost(plugin);
assert.deepEqual((await host.capture('greet', { name: 'Ada' })).lines, ['Hello, Ada!']);
assert.equal(require('@structum/core/testing').testHost, testHost);
await expectNoLeaks(host);
