import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatManifest, generateManifest, manifestDifferences, readManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

const PLUGIN = `
import { defineCommand, definePlugin } from '@structum/core';
globalThis.pluginCodeRuns = (globalThis.pluginCodeRuns ?? 0) + 1;
export default definePlugin({
  name: 'notes', description: 'Notes', category: 'documentation', engine: '^2.0.0',
  requires: { tree: '>=2.0.0' }, permissions: { read: ['$workspace'] }, executor: 'worker',
  commands: [
    () => import('./add.js'),
    defineCommand({ path: 'notes list', aliases: ['notes ls'], description: 'List notes', execute: () => [] }),
  ],
});
`;
const ADD = `
import { defineCommand } from '@structum/core';
export const add = defineCommand({
  path: 'notes add', description: 'Add a note', examples: [{ command: 'structum notes add hi', description: 'Add one' }],
  arguments: { text: { description: 'The note' } }, options: { tag: { description: 'Tags', type: 'array', separator: ',' } },
  execute: (input) => input,
});
`;

function notesPackage(packageJson: object = {}): string {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'structum-plugin-notes', version: '1.4.0', type: 'module', exports: { '.': { types: './plugin.d.ts', default: './plugin.js' } }, ...packageJson },
    'plugin.js': PLUGIN,
    'add.js': ADD,
  });
  return folder;
}

describe('generateManifest', () => {
  it('describes the plugin of a package and all of its commands, and writes nothing', async () => {
    const folder = notesPackage();
    const { manifest, file } = await generateManifest({ folder });
    expect(file).to.equal(join(folder, 'structum.manifest.json'));
    expect(existsSync(file)).to.equal(false);
    expect(manifest).to.deep.include({
      manifestVersion: 1,
      name: 'notes',
      version: '1.4.0',
      entry: './plugin.js',
      category: 'documentation',
      engine: '^2.0.0',
      requires: { tree: '>=2.0.0' },
      optional: {},
      conflicts: {},
      provides: [],
      permissions: { read: ['$workspace'] },
      executor: 'worker',
    });
    expect(manifest.commands.map(({ path, source, aliases }) => ({ path, source, aliases }))).to.deep.equal([
      { path: 'notes add', source: 0, aliases: [] },
      { path: 'notes list', source: 1, aliases: ['notes ls'] },
    ]);
    expect(manifest.commands[0]?.input.properties['tag']).to.deep.equal({
      type: 'array',
      items: { type: 'string' },
      description: 'Tags',
      'x-structum': { kind: 'option', flags: ['--tag'], separator: ',' },
    });
  });

  it('gives a file that reads back as the same manifest', async () => {
    const { manifest, file } = await generateManifest({ folder: notesPackage() });
    writeFileSync(file, formatManifest(manifest));
    expect(readManifest(file)).to.deep.equal(manifest);
    expect(manifestDifferences(readManifest(file), manifest)).to.deep.equal([]);
  });

  it('takes the entry that package.json names for the host', async () => {
    const { manifest } = await generateManifest({ folder: notesPackage({ structum: { entry: './plugin.js' }, exports: './other.js' }) });
    expect(manifest.entry).to.equal('./plugin.js');
  });

  it('says what is wrong with the package', async () => {
    const empty = temporaryFolder();
    await failure('PACKAGE_UNREADABLE', generateManifest({ folder: empty }));
    writeFiles(empty, { 'package.json': '{ "name": ' });
    await failure('PACKAGE_UNREADABLE', generateManifest({ folder: empty }));
    writeFiles(empty, { 'package.json': { name: 'x', version: '1.0.0', main: 'dist/index.js' } });
    expect((await failure('PLUGIN_ENTRY_MISSING', generateManifest({ folder: empty }))).details).to.deep.equal({ folder: empty, entry: './dist/index.js' });
  });

  it('refuses a package that says that its manifest is elsewhere', async () => {
    const elsewhere = notesPackage({ structum: { manifest: './dist/structum.manifest.json' } });
    expect((await failure('PACKAGE_UNREADABLE', generateManifest({ folder: elsewhere }))).message).to.contain('./dist/structum.manifest.json');
    const beside = notesPackage({ structum: { manifest: './structum.manifest.json' } });
    expect((await generateManifest({ folder: beside })).file).to.equal(join(beside, 'structum.manifest.json'));
  });

  it('says what is wrong with the code', async () => {
    const folder = notesPackage();
    writeFiles(folder, { 'plugin.js': 'export default class {}' });
    await failure('PLUGIN_NOT_DESCRIBED', generateManifest({ folder }));
    const broken = notesPackage();
    writeFiles(broken, { 'plugin.js': 'throw new Error("no database")' });
    expect((await failure('PLUGIN_LOAD_FAILED', generateManifest({ folder: broken }))).message).to.contain('no database');
    const brokenCommand = notesPackage();
    writeFiles(brokenCommand, { 'add.js': 'throw new Error("no network")' });
    const error = await failure('PLUGIN_LOAD_FAILED', generateManifest({ folder: brokenCommand }));
    expect(error.message).to.contain('no network').and.contain('add.js:1: ');
  });
});

describe('manifestDifferences', () => {
  it('names what differs, down to the part of a command', async () => {
    const { manifest } = await generateManifest({ folder: notesPackage() });
    const [add, list] = manifest.commands;
    if (add === undefined || list === undefined) throw new Error('the plugin has two commands');
    const changed = { ...manifest, description: 'Other', commands: [{ ...add, description: 'Other' }, { ...list, path: 'notes show' }] };
    expect(manifestDifferences(changed, manifest)).to.have.members(['description', 'commands.notes add.description', 'commands.notes show', 'commands.notes list']);
  });

  it('tells of a hash only where nothing else tells more', async () => {
    const { manifest } = await generateManifest({ folder: notesPackage() });
    expect(manifestDifferences({ ...manifest, hash: '0' }, manifest)).to.deep.equal(['hash']);
    const commands = manifest.commands.map((command) => ({ ...command, hash: '0' }));
    expect(manifestDifferences({ ...manifest, commands }, manifest)).to.deep.equal(['commands.notes add.hash', 'commands.notes list.hash']);
    expect(manifestDifferences({ ...manifest, hash: '0', category: 'core' }, manifest)).to.deep.equal(['category']);
  });

  it('does not mind the order of keys', async () => {
    const { manifest } = await generateManifest({ folder: notesPackage() });
    const reversed = Object.fromEntries(Object.entries(manifest).reverse()) as unknown as typeof manifest;
    expect(manifestDifferences(reversed, manifest)).to.deep.equal([]);
  });
});

describe('readManifest', () => {
  const read = (content: string | object): (() => unknown) => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'structum.manifest.json': content });
    return () => readManifest(join(folder, 'structum.manifest.json'));
  };

  it('refuses what is no JSON, another format, or not whole', async () => {
    await failure('MANIFEST_UNREADABLE', read('{'));
    await failure('MANIFEST_INVALID', read('[]'));
    expect((await failure('MANIFEST_INVALID', read({ manifestVersion: 99 }))).message).to.contain('99');
    const error = await failure('MANIFEST_INVALID', read({ manifestVersion: 1, name: 'x', commands: [{ path: 'x' }] }));
    expect(error.details?.['problems']).to.include.members(['it has no version of the form 1.2.3, of at most 256 characters', 'command 1: it has no valid input schema']);
  });

  it('refuses an entry outside the package', async () => {
    const { manifest } = await generateManifest({ folder: notesPackage() });
    for (const entry of ['../evil.js', './../evil.js', '/etc/evil.js', 'evil.js', './a\\..\\..\\evil.js']) {
      expect((await failure('MANIFEST_INVALID', read({ ...manifest, entry }))).message).to.contain('an entry that is no path within the package');
    }
  });

  it('reads a file that begins with a byte order mark', async () => {
    const { manifest } = await generateManifest({ folder: notesPackage() });
    expect(read(`\uFEFF${formatManifest(manifest)}`)()).to.deep.equal(manifest);
  });
});
