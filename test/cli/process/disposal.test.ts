import { expect } from 'chai';
import { CliInstallation, finished, printed } from '../../support/cli-installation.js';
import { EARLY } from '../../support/early-plugin.js';

describe('structum: the life of plugins around a command', () => {
  let cli: CliInstallation;

  before(async () => { cli = await new CliInstallation().add('early', EARLY); });

  for (const args of [['--help'], ['--version'], ['early', '--help'], ['help', 'early'], ['early', '--version'], ['__complete', '--', 'early', ''], ['nothing'], ['early', 'well', '--unknown'], ['early', 'sideways'], ['early']]) {
    it(`starts none for "structum ${args.join(' ')}"`, async () => {
      const { stdout, stderr } = await cli.run(args);
      expect(stdout + stderr).to.not.include('early up');
    });
  }

  for (const [how, code] of [['well', 0], ['badly', 1], ['crashing', 1]] as const) {
    it(`starts those that ask for it, and ends them when the command ends ${how}`, async () => {
      const { stderr, code: ended } = await cli.run(['early', how]);
      expect(ended).to.equal(code);
      expect(stderr.match(/early (?:up|down)/g)).to.deep.equal(['early up', 'early down']);
    });
  }

  it('tells which plugin it was that failed outside of its command', async () => {
    const { stderr } = await cli.run(['early', 'crashing', '--json']);
    expect(JSON.parse(stderr.split('\n').find((line) => line.startsWith('{')) ?? '')).to.deep.nested.include({ 'error.code': 'PLUGIN_CRASHED', 'error.details': { plugin: 'early' } });
  });

  it('ends them when the reader of the output goes', async () => {
    const child = cli.start(['early', 'loudly']);
    const end = finished(child);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect((await end).stderr.match(/early (?:up|down)/g)).to.deep.equal(['early up', 'early down']);
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`ends them at ${signal}`, async function () {
      // Windows ends a process at once, whatever signal it is sent.
      if (process.platform === 'win32') this.skip();
      const child = cli.start(['early', 'slowly']);
      const end = finished(child);
      await printed(child, 'stderr', 'waiting');
      child.kill(signal);
      expect((await end).stderr.match(/early (?:up|down)/g)).to.deep.equal(['early up', 'early down']);
    });
  }
});
