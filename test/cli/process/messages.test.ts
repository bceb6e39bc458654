import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';

describe('structum: messages', () => {
  let cli: CliInstallation;
  before(async () => { cli = await new CliInstallation().add('kitchen', KITCHEN); });

  it('writes log lines of plugins to standard error, with their name, harmless for terminals', async () => {
    expect((await cli.run(['log'])).stderr).to.equal([
      'info kitchen: a fact  size=3',
      'warn kitchen: a warning \\u001b[2J',
      '  error: forged',
      'error kitchen: a failure  why',
      '',
    ].join('\n'));
  });

  it('writes nothing but errors with --quiet, and details with --verbose', async () => {
    expect((await cli.run(['log', '--quiet'])).stderr).to.equal('error kitchen: a failure  why\n');
    expect((await cli.run(['log', '--verbose'])).stderr).to.match(/^debug kitchen: a detail/m).and.match(/a failure .*Error: why\n +at /);
  });

  it('writes log lines as JSON with --json', async () => {
    const lines = (await cli.run(['log', '--json'])).stderr.trimEnd().split('\n').map((line) => JSON.parse(line) as { log: Record<string, unknown> });
    expect(lines[0]?.log).to.deep.include({ level: 'info', message: 'a fact', plugin: 'kitchen', size: 3 });
    expect(lines[2]?.log).to.deep.include({ level: 'error', error: { message: 'why' } });
  });

  it('shows no progress where nobody watches', async () => {
    expect(await cli.run(['progress'])).to.deep.include({ stdout: 'served\n', stderr: 'warn kitchen: salt is low\n' });
  });

  const colours: readonly (readonly [readonly string[], Record<string, string>, boolean])[] = [
    [[], {}, false],
    [['--color'], {}, true],
    [[], { FORCE_COLOR: '1' }, true],
    [[], { FORCE_COLOR: '0' }, false],
    [[], { FORCE_COLOR: '' }, false],
    [['--no-color'], { FORCE_COLOR: '1' }, false],
    [['--color'], { NO_COLOR: '1' }, true],
    [[], { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  ];
  for (const [args, env, isColored] of colours) {
    it(`${isColored ? 'colours' : 'does not colour'} a pipe with ${JSON.stringify({ args, env })}`, async () => {
      expect(JSON.parse((await cli.run(['colors', ...args], { env })).stdout)).to.deep.include({ color: isColored, isTerminal: false, columns: null });
      expect((await cli.run(['nonsense', ...args], { env })).stderr.includes('\u001b[')).to.equal(isColored);
      expect((await cli.run(['--help', ...args], { env })).stdout.includes('\u001b[')).to.equal(isColored);
    });
  }

  it('cannot ask without a terminal', async () => {
    const { code, stdout, stderr } = await cli.run(['ask'], { input: 'y\n' });
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.include('asks "Go on?", and nobody is there to answer');
  });

  it('is silent about plugins that nobody asked for, unless --verbose', async () => {
    const broken = await new CliInstallation().add('kitchen', KITCHEN);
    const { writeFiles } = await import('../../support/folder.js');
    writeFiles(broken.folder, { 'node_modules/structum-plugin-bad/package.json': { name: 'structum-plugin-bad' }, 'node_modules/structum-plugin-bad/structum.manifest.json': '{ bad' });
    expect((await broken.run(['box', 'open'])).stderr).to.equal('');
    expect((await broken.run(['box', 'open', '--verbose'])).stderr).to.match(/^warn .*structum-plugin-bad/m);
    expect((await broken.run(['--verbose'])).stderr).to.match(/^warn .*structum-plugin-bad/m);
  });
});
