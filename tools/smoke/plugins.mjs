// Official plugins in a host of one's own: given as classes, and found by name.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Structum } from '@structum/core';
import ArchivePlugin from '@structum/plugin-archive';
import TreePlugin, { TreeService } from '@structum/plugin-tree';

const require = createRequire(import.meta.url);
assert.equal(require('@structum/plugin-tree').default, TreePlugin, 'import and require() give one instance');
assert.equal(typeof TreeService, 'object');

const given = await Structum.create({ plugins: [TreePlugin, ArchivePlugin] });
const { files } = await given.run('archive', { directory: 'project', output: 'given.md' });
assert.equal(files, 2);
await given.dispose();

const found = await Structum.create({ from: import.meta.url, discover: true });
assert.ok(found.registry.command('tree'));
await found.dispose();
