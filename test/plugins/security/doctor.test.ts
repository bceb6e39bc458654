import { dirname, join } from 'node:path';
import type { SecurityReport } from '@structum/core';
import { expect } from 'chai';
import { backendHere, leakyBubblewrap, pathWithoutBubblewrap } from '../../support/confined.js';
import { root } from '../../support/folder.js';
import { run, type Finished } from '../../support/run.js';

const NOBODY = '65534';

/** `structum security doctor`, with this PATH and as another user where one is named. */
function doctor(args: readonly string[], { path = process.env.PATH ?? '', user }: { readonly path?: string; readonly user?: string | undefined } = {}): Promise<Finished> {
  const words = [process.execPath, join(root, 'bin/structum.cjs'), 'security', 'doctor', ...args];
  const [program = '', ...rest] = user === undefined ? words : ['/usr/bin/setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', ...words];
  return run(program, rest, { cwd: '/', env: { PATH: path, ...(user === undefined ? {} : { HOME: '/nonexistent' }) } });
}

function verdicts({ stdout }: Finished): Readonly<Record<string, string>> {
  return Object.fromEntries((JSON.parse(stdout) as SecurityReport).controls.map(({ control, verdict }) => [control, verdict]));
}

async function canRunAs(user: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  const { code } = await run('/usr/bin/setpriv', [`--reuid=${user}`, `--regid=${user}`, '--clear-groups', process.execPath, join(root, 'bin/structum.cjs'), '--version'], { cwd: '/' }).catch(() => ({ code: null }));
  return code === 0;
}

describe('structum security doctor', function () {
  this.timeout(120_000);

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  for (const user of [undefined, NOBODY]) {
    describe(user === undefined ? 'as the user of the tests' : 'as nobody', () => {
      before(async function () {
        if (user !== undefined && !(await canRunAs(user))) this.skip();
      });

      it('finds that everything holds, with bubblewrap', async function () {
        if (backendHere('bubblewrap') === undefined) this.skip();
        const finished = await doctor(['--mode', 'strict', '--json'], { user });
        const found = verdicts(finished);
        expect([finished.code, found]).to.deep.equal([0, Object.fromEntries(Object.keys(found).map((control) => [control, 'holds']))]);
      });

      it('finds what strict misses without it, and that the rest holds', async function () {
        if (backendHere('landlock') === undefined) this.skip();
        const finished = await doctor(['--mode', 'strict', '--json'], { user, path: pathWithoutBubblewrap() });
        const missing = Object.entries(verdicts(finished)).filter(([, verdict]) => verdict !== 'holds');
        expect([finished.code, missing]).to.deep.equal([1, [['file-metadata', 'degraded'], ['existence', 'degraded']]]);
      });
    });
  }

  it('finds that a sandbox shows what it must not', async function () {
    if (backendHere('bubblewrap') === undefined) this.skip();
    const path = dirname(leakyBubblewrap('--ro-bind', '/etc', '/etc'));
    const finished = await doctor(['--mode', 'strict', '--json'], { path: `${path}:${process.env.PATH ?? ''}` });
    expect([finished.code, (JSON.parse(finished.stdout) as SecurityReport).broken]).to.deep.equal([1, ['files', 'existence']]);
  });

  it('asks no more of standard than the machine has', async () => {
    const { code, stdout } = await doctor([], { path: '/none' });
    expect(code).to.equal(0);
    expect(stdout).to.match(/^signals +nobody +degraded$/m);
  });
});
