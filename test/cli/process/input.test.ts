import { expect } from 'chai';
import { CliInstallation } from '../../support/cli-installation.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';

describe('structum: options and arguments', () => {
  let cli: CliInstallation;
  before(async () => { cli = await new CliInstallation().add('kitchen', KITCHEN); });

  const echoed = async (args: readonly string[], env = {}): Promise<Record<string, unknown>> => {
    const { code, stdout, stderr } = await cli.run(args, { env });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  it('takes every kind of option, in every way to write it', async () => {
    const one = await echoed(['echo', 'a', 'b', 'c', '-n', '2', '--ratio=.5', '-l', '--no-frame', '--style', 'fancy', '-t', 'x,y', '--tag=z', '-vvv', '--utf8', 'ü']);
    const other = await echoed(['echo', '-n2', '--ratio', '0.5', '-lv', '--no-frame', '--style=fancy', '-tx,y', '-t', 'z', '-vv', '--utf8=ü', 'a', '--', 'b', 'c']);
    expect(one).to.deep.include({ first: 'a', more: ['b', 'c'], times: 2, ratio: 0.5, loud: true, frame: false, style: 'fancy', tag: ['x', 'y', 'z'], level: 3, utf8: 'ü' });
    expect(other).to.deep.equal(one);
  });

  it('leaves defaults and environment variables to the core', async () => {
    expect(await echoed(['echo', 'a'], { ECHO_TIMES: '7' })).to.deep.include({ first: 'a', times: 7, frame: true, style: 'plain', loud: false });
    expect(await echoed(['echo', 'a', '--times', '3'], { ECHO_TIMES: '7' })).to.deep.include({ times: 3 });
  });

  it('takes what begins with "-" as a value where it can be one', async () => {
    expect(await echoed(['echo', '-', '--ratio', '-1.5', '--utf8=--x', '-f', '-', '--', '--loud'])).to.deep.include({
      first: '-', more: ['--loud'], ratio: -1.5, utf8: '--x', file: '-', loud: false,
    });
    expect((await cli.run(['number', '-5'])).stdout).to.equal('-5\n');
  });

  it('finds global options before, between and after the command and its own options', async () => {
    const expected = JSON.stringify(cli.folder);
    const { folder } = cli;
    for (const args of [['--json', '--cwd', folder, 'where'], ['where', '--json', `--cwd=${folder}`], ['--json', 'where', '--cwd', folder], ['where', '--plain', '--cwd', folder, '--json']]) {
      expect((await cli.run(args, { cwd: '/' })).stdout).to.equal(`${expected}\n`);
    }
    expect(await echoed(['echo', 'a', '--style', 'fancy', '-lq', '--json'])).to.deep.include({ first: 'a', style: 'fancy', loud: true });
  });

  it('runs commands by their aliases and by words that are parted by other options', async () => {
    expect(await echoed(['repeat', 'it', 'a'])).to.deep.include({ first: 'a' });
    expect((await cli.run(['box', '--quiet', 'open'])).stdout).to.equal('open\n');
  });

  it('passes over "--" before the command, which package managers hand on', async () => {
    expect(await echoed(['--', 'echo', 'a', '-n', '2'])).to.deep.include({ first: 'a', times: 2 });
    expect(await echoed(['--json', '--', 'echo', 'a'])).to.deep.include({ first: 'a' });
  });

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ['an unknown command', ['ecko'], 'error: There is no command "ecko".\nhint: Did you mean "echo"?\n'],
    ['an unknown command of a group', ['box', 'opne'], 'error: There is no command "box opne".\nhint: Did you mean "box open"?\n'],
    ['a command like no other', ['zzzzzzzz', '--x'], 'error: There is no command "zzzzzzzz".\nhint: Run "structum --help" for all commands.\n'],
    ['an option without a command', ['--jsn'], 'error: There is no option --jsn.\nhint: Did you mean "--json"?\n'],
    ['options before a command', ['--times', '2', 'echo'], 'error: No command stands before "--times".\nhint: Options of a command stand after it: structum <command> --times\n'],
    ['an unknown option', ['echo', 'a', '--tmies=2'],
      'error: There is no option --tmies.\nhint: Did you mean "--times"?\nusage: structum echo [options] <first> [more...]\n'],
    ['an unknown short option', ['echo', 'a', '-z'], 'error: There is no option -z.\nusage: structum echo [options] <first> [more...]\n'],
    ['a missing value', ['echo', 'a', '--style'],
      'error: The option --style needs a value.\nhint: Write --style <choice>, or --style=… for a value that begins with "-".\nusage: structum echo [options] <first> [more...]\n'],
    ['a value too many', ['echo', 'a', '--loud=yes'],
      'error: The option --loud takes no value, and got "yes".\nusage: structum echo [options] <first> [more...]\n'],
    ['a missing argument', ['echo'], 'error: The argument <first> is missing.\nusage: structum echo [options] <first> [more...]\n'],
    ['a missing argument with choices', ['fail'],
      'error: The argument <how> is missing.\nhint: Give one of plainly, refused, badly, late, colourfully, emptily.\nusage: structum fail <how>\n'],
    ['"--" where a command should stand', ['box', '--', 'open'],
      'error: No command stands before "--".\nhint: Options of a command stand after it: structum box <command> --\n'],
    ['an argument too many', ['number', '1', '2'], 'error: The argument "2" is one too many.\nusage: structum number <value>\n'],
    ['a value that is no number', ['echo', 'a', '--times', 'two'], 'error: --times must be an integer, got "two"\nusage: structum echo [options] <first> [more...]\n'],
    ['a value outside of the choice', ['echo', 'a', '--style', 'ugly'],
      'error: --style must be one of plain, fancy, got "ugly"\nusage: structum echo [options] <first> [more...]\n'],
    ['several wrong values', ['echo', 'a', '-n', '0', '--style', 'ugly'],
      'error: --times must be at least 1, got 0\n  --style must be one of plain, fancy, got "ugly"\nusage: structum echo [options] <first> [more...]\n'],
    ['a folder that is not there', ['where', '--cwd', 'nowhere'], 'error: The folder "nowhere" given with --cwd is not there, or is no folder.\n'],
  ];

  for (const [what, args, expected] of wrong) {
    it(`explains ${what}, exit code 2`, async () => {
      const { code, stdout, stderr } = await cli.run(args);
      expect({ code, stdout, stderr }).to.deep.equal({ code: 2, stdout: '', stderr: expected });
    });
  }

  it('names the environment variable that a wrong value came from', async () => {
    const { code, stderr } = await cli.run(['echo', 'a'], { env: { ECHO_TIMES: 'many' } });
    expect(code).to.equal(2);
    expect(stderr).to.match(/^error: --times \(from \$ECHO_TIMES\) must be an integer, got "many"$/m);
  });

  it('warns of deprecated commands and options, and runs them', async () => {
    expect(await cli.run(['old'])).to.include({ code: 0, stdout: 'old\n', stderr: 'warn The command "old" is deprecated: use echo\n' });
    const { code, stderr } = await cli.run(['echo', 'a', '--ancient', 'x']);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: 'warn The option --ancient is deprecated: use --style\n' });
    expect((await cli.run(['old', '--quiet'])).stderr).to.equal('');
  });
});
