import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readArchive } from '../../support/archive.js';
import { CliInstallation, environment } from '../../support/cli-installation.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

/** As a shell runs it: the shell makes the file before the command line looks into the folder. */
describe('structum archive, with a file as standard output', () => {
  const installation = new CliInstallation().link('tree').link('archive');
  let folder: string;

  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    folder = temporaryFolder();
    writeFiles(folder, { 'b.txt': 'b\n', 'c/d.txt': 'd\n' });
  });

  function shell(args: string, redirection: string): void {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', `"$NODE" "$BIN" archive ${args} ${redirection}`], {
      cwd: folder,
      env: { ...environment(), NODE: process.execPath, BIN: installation.bin },
      encoding: 'utf8',
    });
    expect(status, stderr).to.equal(0);
    expect(stderr).not.to.match(/^error|changed while/m);
  }

  const outputs = process.platform === 'linux' ? ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'] : ['-', '/dev/stdout', '/dev/fd/1'];
  for (const output of outputs) {
    for (const name of ['a.md', 'z.md']) {
      it(`has all but ${name} in it after --output ${output} > ${name}`, () => {
        shell(`--output ${output}`, `> ${name}`);
        const { entries } = readArchive(join(folder, name));
        expect(entries.map(({ path }) => path)).to.deep.equal(['b.txt', 'c/d.txt']);
      });

      it(`adds to ${name} all but itself after --output ${output} >> ${name}`, () => {
        const outside = join(temporaryFolder(), 'archive.md');
        shell('--output -', `> ${outside}`);
        writeFileSync(join(folder, name), 'before\n');
        shell(`--output ${output}`, `>> ${name}`);
        expect(readFileSync(join(folder, name), 'utf8')).to.equal(`before\n${readFileSync(outside, 'utf8')}`);
      });
    }
  }

  it('leaves out the file that the summary goes to', () => {
    shell('', '> summary.txt');
    expect(readArchive(join(folder, 'archive.md')).entries.map(({ path }) => path)).to.deep.equal(['b.txt', 'c/d.txt']);
  });

  it('writes nothing but the archive into a pipe', () => {
    const [piped, plain] = ['piped.md', 'plain.md'].map((name) => join(temporaryFolder(), name)) as [string, string];
    shell('--output /dev/stdout', `| cat > ${piped}`);
    shell('--output -', `> ${plain}`);
    expect(readFileSync(piped, 'utf8')).to.equal(readFileSync(plain, 'utf8'));
  });
});
