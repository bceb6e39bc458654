import { expect } from 'chai';
import { CliInstallation, finished, printed } from '../../support/cli-installation.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';
import { hasPseudoTerminals, startOnTerminal } from '../../support/pseudo-terminal.js';

describe('structum: on a terminal', () => {
  let cli: CliInstallation;
  before(async function () {
    if (!hasPseudoTerminals()) {
      console.error('      skipped: pseudo-terminals are made with Python 3.9, which is not here');
      this.skip();
    }
    cli = await new CliInstallation().add('kitchen', KITCHEN);
  });

  const start = (args: readonly string[], env = {}, columns = 100): ReturnType<typeof startOnTerminal> =>
    startOnTerminal([process.execPath, cli.bin, ...args], { cwd: cli.folder, env, columns });
  const shown = async (args: readonly string[], env = {}, columns = 100): Promise<string> => {
    const child = start(args, env, columns);
    const end = finished(child);
    return (await end).stdout.replaceAll('\r\n', '\n');
  };

  it('colours, and says how wide it is', async () => {
    expect(JSON.parse(await shown(['colors']))).to.deep.equal({ color: true, isTerminal: true, columns: 100, unicode: true });
    expect(JSON.parse(await shown(['colors'], { NO_COLOR: '1' }))).to.deep.include({ color: false });
    expect(JSON.parse(await shown(['colors'], { TERM: 'dumb' }))).to.deep.include({ color: false });
    expect(await shown(['--help'])).to.include('\u001b[1mUsage:\u001b[22m');
  });

  it('takes the word of COLUMNS where the terminal does not know how wide it is, and 80 where nobody does', async () => {
    expect(JSON.parse(await shown(['colors'], {}, 0))).to.deep.include({ isTerminal: true, columns: null });
    expect(JSON.parse(await shown(['colors'], { COLUMNS: '60' }, 0))).to.deep.include({ columns: 60 });
    for (const nonsense of ['0', '-5', 'wide', '']) expect(JSON.parse(await shown(['colors'], { COLUMNS: nonsense }, 0)), nonsense).to.deep.include({ columns: null });
    expect(JSON.parse(await shown(['colors'], { COLUMNS: '60' }))).to.deep.include({ columns: 100 });
    const widest = Math.max(...(await shown(['--help', '--no-color'], {}, 0)).split('\n').map((line) => line.length));
    expect(widest).to.be.within(60, 80);
    expect(await shown(['progress'], {}, 0)).to.match(/cooking {2}[█░]+ {3}\d+ % {2}\d \/ 8 dishes/);
  });

  it('indents JSON', async () => {
    expect(await shown(['box', 'open', '--json'])).to.equal('"open"\n');
    expect(await shown(['data', '--json'])).to.include('{\n  "big": "12",\n');
  });

  it('draws progress on one line, and removes it before anything else is shown', async () => {
    const output = await shown(['progress']);
    const [first = '', ...drawn] = output.split('\r\u001b[2K');
    expect(first).to.equal('');
    expect(drawn[0]).to.match(/^cooking {2}[█░]+ {3}\d+ % {2}\d \/ 8 dishes$/);
    expect(drawn).to.include('\u001b[33mwarn\u001b[39m \u001b[1mkitchen\u001b[22m: salt is low\n');
    expect(drawn.at(-1)).to.equal('served\n');
  });

  it('draws none with --quiet or --json', async () => {
    expect(await shown(['progress', '--quiet'])).to.equal('served\n');
    expect(await shown(['progress', '--json'])).not.to.include('\u001b[2K');
  });

  for (const [keys, answer] of [['y\r', 'true'], ['no\r', 'false'], ['\r', 'false'], ['what\ryes\r', 'true'], ['\u0004', 'false']] as const) {
    it(`asks, and takes ${JSON.stringify(keys)} as ${answer}`, async () => {
      const child = start(['ask']);
      const end = finished(child);
      await printed(child, 'stdout', 'Go on? [y/N] ');
      child.stdin?.write(keys);
      const { code, stdout } = await end;
      expect(stdout).to.match(new RegExp(`answer ${answer}\r\n$`));
      expect(code).to.equal(0);
    });
  }

  for (const { args, label, keys, answer } of [
    { args: [], label: 'Which dish?: ', keys: '\r soup \r', answer: 'soup' },
    { args: ['soup', 'salad', 'stew'], label: 'Which dish? (soup, salad, stew) [soup]: ', keys: '\r', answer: 'soup' },
    { args: ['soup', 'salad', 'stew'], label: 'Which dish? (soup, salad, stew) [soup]: ', keys: 's\rcake\rSa\r', answer: 'salad' },
  ]) {
    it(`asks ${JSON.stringify(label)}, and takes ${JSON.stringify(keys)} as ${JSON.stringify(answer)}`, async () => {
      const child = start(['wish', ...args]);
      const end = finished(child);
      await printed(child, 'stdout', label);
      child.stdin?.write(keys);
      const { code, stdout } = await end;
      expect(stdout).to.match(new RegExp(`wish ${answer}\r\n$`));
      expect(code).to.equal(0);
    });
  }

  it('says that a text is missing where the input ends instead', async () => {
    const child = start(['wish']);
    const end = finished(child);
    await printed(child, 'stdout', 'Which dish?: ');
    child.stdin?.write('\u0004');
    const { code, stdout } = await end;
    expect(stdout).to.include('nobody is there to answer');
    expect(code).to.equal(2);
  });

  it('gives up a question at Ctrl-C, exit code 130', async () => {
    const child = start(['ask']);
    const end = finished(child);
    await printed(child, 'stdout', 'Go on? [y/N] ');
    child.stdin?.write('\u0003');
    const { code, stdout } = await end;
    expect(stdout).not.to.include('answer');
    expect(code).to.equal(130);
  });

  it('shows no more of the output after Ctrl-C than is on its way already', async () => {
    const child = start(['flood']);
    const end = finished(child);
    await printed(child, 'stdout', 'line 5000 ');
    child.stdin?.write('\u0003');
    const { code, stdout } = await end;
    // The flood is given in one piece.
    expect(stdout).to.include('^C').and.not.include('line 19999 ');
    expect(code).to.equal(130);
  });

  it('ends a command at Ctrl-C', async () => {
    const child = start(['slow']);
    const end = finished(child);
    await printed(child, 'stdout', 'waiting');
    child.stdin?.write('\u0003');
    const { code, stdout } = await end;
    expect(stdout).to.include('cleaned up');
    expect(code).to.equal(130);
  });
});
