import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const MODULE = JSON.stringify(import.meta.resolve('#internal/core/platform/spawn-alone.js'));

/** Node closes the first ones itself. */
const LEFT_OPEN = [20, 62, 200];

/** What a process prints that a host starts to which descriptors were left open. */
async function startedBy(source: string): Promise<string> {
  const folder = temporaryFolder();
  writeFiles(folder, { secret: 'secret' });
  const secret = openSync(join(folder, 'secret'), 'r');
  const stdio = Array.from({ length: 201 }, (_, descriptor) => (LEFT_OPEN.includes(descriptor) ? secret : 'ignore'));
  try {
    const host = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit', ...stdio.slice(3)] });
    const [output] = await Promise.all([host.stdout === null ? '' : text(host.stdout), once(host, 'close')]);
    return output;
  } finally {
    closeSync(secret);
  }
}

/** Tells the number and the content of all files that it has open. */
const TELLING = JSON.stringify("const fs = require('node:fs'); const found = []; for (let fd = 0; fd < 300; fd += 1) { try { if (fs.fstatSync(fd).isFile()) found.push(fd + ':' + fs.readFileSync(fd, 'latin1').length); } catch {} } console.log(found.join(' '));");

describe('spawnAlone', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('hands on nothing that was left open for its own process', async () => {
    expect(await startedBy(`
      import { spawnAlone } from ${MODULE};
      spawnAlone(process.execPath, ['-e', ${TELLING}], { stdio: ['ignore', 'inherit', 'inherit'] });`)).to.equal('\n');
  });

  it('hands on what it is given, at its place, and keeps nothing open', async () => {
    expect(await startedBy(`
      import fs from 'node:fs';
      import { spawnAlone } from ${MODULE};
      const open = () => fs.readdirSync('/dev/fd').length;
      const given = fs.openSync(process.execPath, 'r');
      const before = open();
      spawnAlone(process.execPath, ['-e', "console.log(require('node:fs').fstatSync(4).isFile())"], { stdio: ['ignore', 'inherit', 'inherit', 'ignore', given] });
      fs.writeSync(1, String(open() - before) + ' ');`)).to.equal('0 true\n');
  });

  it('tells of what cannot be started as spawn() does', async () => {
    expect(await startedBy(`
      import { spawnAlone } from ${MODULE};
      spawnAlone('/nowhere', [], { stdio: ['ignore'] }).once('error', ({ code }) => console.log(code));`)).to.equal('ENOENT\n');
  });
});
