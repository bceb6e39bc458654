import { join } from 'node:path';
import { expect } from 'chai';
import { processGuest } from '#internal/core/execution/remote/process/process-guest.js';
import type { GuestRunner } from '#internal/core/execution/remote/guest-session.js';
import { permissionFlagsBackend } from '#internal/core/security/sandbox/backends/permission-flags.js';
import { controlsOf, prepareLaunch } from '#internal/core/security/sandbox/prepare-launch.js';
import { backendHere } from '../../../support/confined.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

const MEBIBYTE = 1024 * 1024;

describe('the memory of a guest that no kernel limits', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  /** A process in the place of a guest, which goes on until it is ended. */
  function started(source: string, memory: number | undefined): GuestRunner {
    const folder = temporaryFolder();
    writeFiles(folder, { 'main.mjs': `${source}; setInterval(() => undefined, 1000);` });
    const launch = prepareLaunch(permissionFlagsBackend(), [join(folder, 'main.mjs')], { read: [folder], write: [], cwd: folder, env: {}, limits: {} });
    return processGuest(launch, { message: MEBIBYTE, output: MEBIBYTE, memory })({ receive: () => undefined, violated: () => undefined, closed: () => undefined });
  }

  const TAKE = 'globalThis.taken = Buffer.alloc(400 * 2 ** 20, 1)';

  it('is looked at, and ends it where it is more than may be', async () => {
    expect(await started(TAKE, 64 * MEBIBYTE).ended).to.include({ limit: 'memory' });
  });

  it('is looked at while it is at work', async () => {
    const runner = started(TAKE, 64 * MEBIBYTE);
    runner.unref();
    runner.ref();
    expect(await runner.ended).to.include({ limit: 'memory' });
  });

  it('is what it may be otherwise', async () => {
    const runner = started(`${TAKE}; setTimeout(() => process.exit(3), 600)`, 1024 * MEBIBYTE);
    expect(await runner.ended).to.deep.equal({ how: 'ended with exit code 3' });
  });

  it('is said to be limited by nothing where nobody knows what Node itself takes', function () {
    const backend = backendHere('landlock');
    if (backend === undefined) return this.skip();
    const confinement = { read: [], write: [], cwd: '/', env: {}, limits: { memory: MEBIBYTE } };
    const stateOf = (dataLimit: number | undefined): unknown => controlsOf(backend, confinement, dataLimit).find(({ control }) => control === 'memory')?.by;
    expect([stateOf(undefined), stateOf(MEBIBYTE)]).to.deep.equal(['none', 'kernel']);
  });
});
