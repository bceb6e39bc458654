import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Structum } from '@structum/core';
import { formatManifest, generateManifest, manifestDifferences, readManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../support/errors.js';
import { root, temporaryFolder, writeFiles } from '../support/folder.js';
import { install } from '../support/install.js';
import { runNode } from '../support/run.js';

const sample = join(root, 'samples/javascript-plugin');

describe('samples/javascript-plugin', () => {
  let project: string;

  before(() => {
    project = temporaryFolder();
    writeFiles(project, { 'short.txt': 'It was a dark night.', 'long.txt': 'Ümläute don’t split words — nor do well-made hyphens.' });
    install(project, ['@structum/cli', 'structum-plugin-words']);
  });

  it('has a manifest that describes its code', async () => {
    const { manifest, file } = await generateManifest({ folder: sample });
    expect(manifestDifferences(readManifest(file), manifest)).to.deep.equal([]);
    expect(readFileSync(file, 'utf8')).to.equal(formatManifest(manifest));
  });

  it('says in its package.json that it is a plugin, and packs its manifest', () => {
    const packageJson: unknown = JSON.parse(readFileSync(join(sample, 'package.json'), 'utf8'));
    expect(packageJson).to.deep.include({ keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } });
    expect(packageJson).to.have.property('files').that.includes('structum.manifest.json');
  });

  it('is discovered by a host and gives each file as soon as it is counted', async () => {
    const structum = await Structum.create({ from: join(project, 'host.js'), discover: true, cwd: project });
    expect(structum.registry.command('words')?.plugin).to.equal('words');
    expect(await structum.run('words', { files: ['short.txt', 'long.txt'], minLength: 4 })).to.deep.equal([
      { file: 'short.txt', words: 2 },
      { file: 'long.txt', words: 6 },
    ]);
    await structum.dispose();
  });

  it('names the file that it cannot read', async () => {
    const structum = await Structum.create({ from: join(project, 'host.js'), plugins: ['structum-plugin-words'], cwd: project });
    const error = await failure('WORDS_FILE_UNREADABLE', structum.run('words', { files: ['none.txt'] }));
    expect(error.message).to.include('none.txt');
    await structum.dispose();
  });

  it('runs on the command line', async () => {
    const structum = join(project, 'node_modules/@structum/cli/dist/structum.cjs');
    const { stdout, stderr, code } = await runNode([structum, 'words', 'short.txt', 'long.txt'], { cwd: project });
    expect({ stdout, stderr, code }).to.deep.equal({ stdout: '       5  short.txt\n       8  long.txt\n', stderr: '', code: 0 });
  });
});
