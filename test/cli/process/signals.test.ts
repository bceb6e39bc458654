import { expect } from 'chai';
import { CliInstallation, finished, printed } from '../../support/cli-installation.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';

describe('structum: signals', () => {
  let cli: CliInstallation;
  before(async function () {
    // Windows ends a process at once, whatever signal it is sent.
    if (process.platform === 'win32') this.skip();
    cli = await new CliInstallation().add('kitchen', KITCHEN);
  });

  for (const [signal, exitCode] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    it(`cancels the command at ${signal}, cleans up and ends with ${String(exitCode)}`, async () => {
      const child = cli.start(['slow'], { env: { KITCHEN_NOISY: '1' } });
      const end = finished(child);
      await printed(child, 'stderr', 'waiting');
      child.kill(signal);
      expect(await end).to.deep.equal({ code: exitCode, signal: null, stdout: '', stderr: 'waiting\ncleaned up\nkitchen closed\n' });
    });
  }

  it('ends at once at the second Ctrl-C', async () => {
    const child = cli.start(['slow', '--stubborn']);
    const end = finished(child);
    await printed(child, 'stderr', 'waiting');
    child.kill('SIGINT');
    const again = setInterval(() => child.kill('SIGINT'), 150);
    const { code, stderr } = await end;
    clearInterval(again);
    expect({ code, stderr }).to.deep.equal({ code: 130, stderr: 'waiting\n' });
  });

  it('ends although the reader of its output takes nothing any more', async () => {
    const child = cli.start(['lines', '100000000']);
    try {
      child.stdout?.once('data', () => child.stdout?.pause());
      await new Promise((resolve) => setTimeout(resolve, 1000));
      child.kill('SIGINT');
      const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => child.once('exit', (...how) => { resolve(how); }));
      // A shell sees 130 in both cases.
      expect(code === 130 || signal === 'SIGINT').to.equal(true);
    } finally {
      child.kill('SIGKILL');
      child.stdout?.destroy();
    }
  });

  it('tells of the cancellation as JSON with --json', async () => {
    const child = cli.start(['slow', '--json']);
    const end = finished(child);
    await printed(child, 'stderr', 'waiting');
    child.kill('SIGINT');
    const { code, stderr } = await end;
    expect(code).to.equal(130);
    expect(stderr).to.include('"code":"COMMAND_CANCELLED"');
  });
});
