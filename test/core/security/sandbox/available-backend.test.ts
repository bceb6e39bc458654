import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { surroundings } from '#internal/core/security/sandbox/surroundings.js';
import { backendHere } from '../../../support/confined.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

const SANDBOX = JSON.stringify(import.meta.resolve('#internal/core/security/sandbox/index.js'));

/** What a process of its own finds: the program that confines, and whether it was asked whether it works. */
async function found(cacheFolder: string, given: { readonly path?: string; readonly mode?: string } = {}): Promise<Record<string, unknown>> {
  const source = `
    import { syncBuiltinESMExports } from 'node:module';
    import childProcess from 'node:child_process';
    const { spawn } = childProcess;
    let starts = 0;
    childProcess.spawn = (...words) => { starts += 1; return spawn(...words); };
    syncBuiltinESMExports();
    const { launchOf, isOutdated } = await import(${SANDBOX});
    const cacheFolder = ${JSON.stringify(cacheFolder)};
    const started = async () => {
      const launch = await launchOf(['none.mjs'], { read: [], write: [], cwd: '/', env: {}, limits: {} }, { mode: ${JSON.stringify(given.mode ?? 'standard')}, cacheFolder });
      launch.release();
      launch.dispose();
      return launch;
    };
    const answer = await started().then(async (launch) => {
      const asked = starts;
      const existence = (of) => of.controls.find(({ control }) => control === 'existence').by;
      return { asked, existence: existence(launch), outdated: await isOutdated(launch, cacheFolder), next: existence(await started()) };
    }).catch(({ code }) => ({ code }));
    process.stdout.write(JSON.stringify(answer));
  `;
  const { stdout, stderr } = await runNode(['--input-type=module', '-e', source], { env: { PATH: given.path ?? process.env.PATH ?? '' } });
  return stdout === '' ? { stderr } : JSON.parse(stdout) as Record<string, unknown>;
}

describe('what confines on this machine', () => {
  before(function () {
    if (backendHere('bubblewrap') === undefined) this.skip();
  });

  function remembered(folder: string): Record<string, unknown> {
    return JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8')) as Record<string, unknown>;
  }

  it('is tried once, and remembered', async () => {
    const folder = temporaryFolder();
    expect(await found(folder)).to.include({ asked: 1, existence: 'kernel', outdated: false });
    expect(remembered(folder)).to.include({ backend: 'bubblewrap' });
    expect(await found(folder, { mode: 'strict' })).to.include({ asked: 0, existence: 'kernel', outdated: false });
  });

  it('is tried anew where anything is another than it was', async () => {
    const folder = temporaryFolder();
    await found(folder);
    writeFileSync(join(folder, 'sandbox.json'), JSON.stringify({ ...remembered(folder), surroundings: 'others' }));
    expect(await found(folder)).to.include({ asked: 1 });
    const lesser = await found(folder, { path: '/none' });
    expect(lesser).to.include({ existence: 'none' });
  });

  it('is tried anew where what is remembered does not work, and is never less than strict promises', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'bin');
    writeFiles(folder, { 'bin/bwrap': '#!/bin/sh\nexit 1\n' });
    const program = join(path, 'bwrap');
    chmodSync(program, 0o755);
    const spoil = async (): Promise<void> => {
      await found(folder, { path });
      // As if it had worked before.
      writeFileSync(join(folder, 'sandbox.json'), JSON.stringify({ ...remembered(folder), backend: 'bubblewrap', surroundings: await surroundings([program]), libraries: [] }));
    };
    await spoil();
    expect(await found(folder, { path })).to.deep.equal({ asked: 0, existence: 'kernel', outdated: true, next: 'none' });
    expect(remembered(folder)).not.to.have.property('backend');
    await spoil();
    expect(await found(folder, { path, mode: 'strict' })).to.deep.equal({ code: 'SANDBOX_UNAVAILABLE' });
  });
});
