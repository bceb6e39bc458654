import { expect } from 'chai';
import { runNode } from '../../../support/run.js';
import { backendHere } from '../../../support/confined.js';

const LAUNCH = JSON.stringify(import.meta.resolve('#internal/core/security/sandbox/index.js'));

/** What a launch gives in a process of its own, since what works is found out once. */
async function launch(mode: string, path: string): Promise<Record<string, unknown>> {
  const source = `
    const { launchOf } = await import(${LAUNCH});
    const answer = await launchOf(['none.mjs'], { read: [], write: [], cwd: '/', env: {}, limits: {} }, { mode: '${mode}' })
      .then((launch) => (launch.release(), launch.dispose(), { controls: launch.controls }), ({ code, exitCode, details }) => ({ code, exitCode, details }));
    process.stdout.write(JSON.stringify(answer));
  `;
  const { stdout } = await runNode(['--input-type=module', '-e', source], { env: { PATH: path } });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('what a launch promises', () => {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('is everything, by the kernel, with bubblewrap', async function () {
    if (backendHere('bubblewrap') === undefined) this.skip();
    const { controls } = (await launch('strict', process.env.PATH ?? '')) as { controls: { by: string }[] };
    expect(controls.map(({ by }) => by)).to.deep.equal(controls.map(() => 'kernel'));
  });

  it('is refused in strict without it, with the controls that are missing', async () => {
    const { code, exitCode, details } = (await launch('strict', '/none')) as { code: string; exitCode: number; details: { missing: string[] } };
    expect([code, exitCode]).to.deep.equal(['SANDBOX_UNAVAILABLE', 3]);
    expect(details.missing).to.include.members(['existence', 'file-metadata']);
  });

  it('is less in standard without it, and says so', async () => {
    const { controls } = (await launch('standard', '/none')) as { controls: { control: string; by: string }[] };
    expect(controls.find(({ control }) => control === 'existence')).to.include({ by: 'none' });
  });
});
