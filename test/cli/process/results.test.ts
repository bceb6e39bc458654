import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { expect } from 'chai';
import { CliInstallation, environment, finished, printed } from '../../support/cli-installation.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';

describe('structum: results, errors and exit codes', () => {
  let cli: CliInstallation;
  before(async () => { cli = await new CliInstallation().add('kitchen', KITCHEN); });

  it('renders results to standard output', async () => {
    expect(await cli.run(['box', 'open'])).to.deep.equal({ code: 0, signal: null, stdout: 'open\n', stderr: '' });
  });

  it('prints results as JSON on one line for programs', async () => {
    expect((await cli.run(['box', 'open', '--json'])).stdout).to.equal('"open"\n');
    expect((await cli.run(['nothing', '--json'])).stdout).to.equal('null\n');
    expect((await cli.run(['count', '0', '--json'])).stdout).to.equal('');
    expect((await cli.run(['data', '--json'])).stdout)
      .to.equal('{"big":"12","map":{"a":1},"set":[1],"bytes":"AQI=","date":"1970-01-01T00:00:00.000Z"}\n');
  });

  it('prints the items of a stream as they come, in JSON a line each', async () => {
    expect((await cli.run(['count'])).stdout).to.equal('item 1\nitem 2\nitem 3\n');
    expect((await cli.run(['count', '2', '--json'])).stdout).to.equal('{"number":1}\n{"number":2}\n');
    const many = (await cli.run(['count', '5000', '--json'])).stdout.split('\n');
    expect(many).to.have.length(5001);
    expect(many[4999]).to.equal('{"number":5000}');
  });

  it('writes all of a large output', async () => {
    const { code, stdout } = await cli.run(['lines', '20000']);
    expect(code).to.equal(0);
    expect(stdout.split('\n')).to.have.length(20_001);
    expect(stdout.endsWith(`line 19999 ${'x'.repeat(90)}\n`)).to.equal(true);
  });

  const failures: readonly (readonly [string, number, string, string])[] = [
    ['badly', 1, 'bad\n', ''],
    ['plainly', 1, '', 'error: The command "fail" failed: it broke\n'],
    ['refused', 3, '', 'error: The kitchen is closed.\nhint: Come tomorrow.\n'],
    ['late', 124, '', 'error: It took too long.\n'],
    ['colourfully', 1, '', 'error: The command "fail" failed: red \\u001b[31m and \\u202e reversed\n'],
  ];
  for (const [how, exitCode, stdout, stderr] of failures) {
    it(`ends with ${String(exitCode)} for a command that fails ${how}`, async () => {
      expect(await cli.run(['fail', how])).to.deep.equal({ code: exitCode, signal: null, stdout, stderr });
    });
  }

  it('tells errors as JSON with --json', async () => {
    const { code, stdout, stderr } = await cli.run(['fail', 'refused', '--json']);
    expect(JSON.parse(stderr)).to.deep.equal({ error: { code: 'KITCHEN_CLOSED', message: 'The kitchen is closed.', hint: 'Come tomorrow.', details: { until: 8 }, source: { plugin: 'kitchen', command: 'fail' } } });
    expect({ code, stdout }).to.deep.equal({ code: 3, stdout: '' });
    const unknown = JSON.parse((await cli.run(['ecko', '--json'])).stderr) as { error: object };
    expect(unknown.error).to.deep.include({ code: 'COMMAND_UNKNOWN', details: { command: 'ecko', suggestions: ['echo'] } });
    expect((JSON.parse((await cli.run(['--jsn', '--json'])).stderr) as { error: object }).error).to.include({ code: 'OPTION_UNKNOWN' });
  });

  it('tells as JSON what the system calls the cause of an error', async () => {
    const { error } = JSON.parse((await cli.run(['fail', 'emptily', '--json'])).stderr) as { error: object };
    expect(error).to.include({ code: 'COMMAND_FAILED', causeCode: 'ENOENT' });
  });

  it('shows stacks and causes with --verbose only', async () => {
    const { stderr } = await cli.run(['fail', 'plainly', '--verbose']);
    expect(stderr).to.match(/^error: The command "fail" failed: it broke$/m).and.match(/caused by: TypeError: it broke\n +at /).and.match(/caused by: Error: the cause\n +at /);
  });

  it('does not wait for what a command left running', async () => {
    expect(await cli.run(['leak'])).to.include({ code: 0 });
  });

  for (const where of ['timer', 'promise']) {
    it(`reports what a plugin throws in a ${where} that nobody waits for`, async () => {
      const { code, stderr } = await cli.run(['crash', where], { env: { KITCHEN_NOISY: '1' } });
      expect({ code, stderr }).to.deep.equal({
        code: 1,
        stderr: 'kitchen closed\nerror: Plugin "kitchen" failed outside of its command: late trouble\nhint: Run it again with --verbose to see where this comes from.\n',
      });
    });
  }

  it('reports output that cannot be written', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    for (const args of [['box', 'open'], ['lines', '100000'], ['--help'], ['--version']]) {
      const child = spawn(process.execPath, [cli.bin, ...args], { cwd: cli.folder, env: environment(), stdio: ['ignore', full, 'pipe'] });
      const { code, stderr } = await finished(child);
      expect(code).to.equal(1);
      expect(stderr).to.match(/^error: The output could not be written: ENOSPC.*\n/);
    }
    closeSync(full);
  });

  it('does not mind that messages cannot be written', function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const status = (...args: string[]): [number | null, string] => {
      const { status: code, stdout } = spawnSync(process.execPath, [cli.bin, ...args], { cwd: cli.folder, env: environment(), stdio: ['ignore', 'pipe', full], encoding: 'utf8' });
      return [code, stdout];
    };
    expect(status('log')).to.deep.equal([0, '']);
    expect(status('old')).to.deep.equal([0, 'old\n']);
    expect(status('fail', 'refused')).to.deep.equal([3, '']);
    expect(status('nonsense')).to.deep.equal([2, '']);
    closeSync(full);
  });

  it('takes plugins down before it ends', async () => {
    expect((await cli.run(['box', 'open'], { env: { KITCHEN_NOISY: '1' } })).stderr).to.equal('kitchen closed\n');
  });

  it('says why a command is not available', async () => {
    const broken = await new CliInstallation().add('needy', `
      const { definePlugin, defineCommand } = require('@structum/core');
      module.exports = definePlugin({ name: 'needy', description: 'Needs another', requires: { absent: '^1.0.0' },
        commands: [defineCommand({ path: 'want', description: 'Want', execute: () => 1 })] });`);
    const { code, stdout, stderr } = await broken.run(['want']);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: '' });
    expect(stderr).to.include('requires "absent" ^1.0.0, and it is not there');
  });

  it('tells where the time went with --timings, on standard error', async () => {
    const { stdout, stderr } = await cli.run(['box', 'open', '--timings']);
    expect(stdout).to.equal('open\n');
    expect(stderr.split('\n').map((line) => line.replace(/ +[\d.]+ ms$/, ' …'))).to.deep.equal([
      'start …', 'create …', 'discovery …', 'parse …', 'load kitchen …', 'activate kitchen …', 'execute box open …',
      'output …', 'dispose …', 'other …', 'total …', '',
    ]);
    const json = JSON.parse((await cli.run(['box', 'open', '--timings', '--json'])).stderr) as { timings: { label: string; duration: number }[] };
    expect(json.timings.map(({ label }) => label)).to.include('discovery');
    const total = json.timings.pop()?.duration;
    expect(json.timings.reduce((sum, { duration }) => sum + duration, 0)).to.be.closeTo(total ?? 0, 0.001);
  });

  describe('when the reader of its output goes', () => {
    it('ends quietly, exit code 0', async () => {
      const child = cli.start(['lines', '1000000']);
      await printed(child, 'stdout', 'line 10 ');
      child.stdout?.destroy();
      const { code, stderr } = await finished(child);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    });

    it('stops a stream too', async () => {
      const child = cli.start(['count', '100000000', '--json']);
      await printed(child, 'stdout', '"number":10}');
      child.stdout?.destroy();
      expect(await finished(child)).to.include({ code: 0, stderr: '' });
    });

    it('does not mind for help and errors either', async () => {
      for (const args of [['--help'], ['--version'], ['nonsense']]) {
        const child = cli.start(args);
        child.stdout?.destroy();
        child.stderr?.destroy();
        const { signal, code } = await finished(child);
        expect({ signal, isRight: code === 0 || code === 2 }).to.deep.equal({ signal: null, isRight: true });
      }
    });
  });
});
