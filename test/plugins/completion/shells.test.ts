import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, environment, printed } from '../../support/cli-installation.js';
import { writeFiles } from '../../support/folder.js';
import { KITCHEN } from '../../support/kitchen-plugin.js';
import { hasPseudoTerminals, startOnTerminal } from '../../support/pseudo-terminal.js';

describe('structum completion, in real shells', () => {
  let cli: CliInstallation;
  let cwd: string;
  let env: Record<string, string>;

  before(async function () {
    if (process.platform === 'win32') this.skip();
    cli = (await new CliInstallation().add('kitchen', KITCHEN)).link('completion');
    cwd = join(cli.folder, 'work');
    const bin = join(cli.folder, 'bin');
    writeFiles(cli.folder, {
      'bin/structum': `#!/bin/sh\nexec '${process.execPath}' '${cli.bin}' "$@"\n`,
      'work/note one.txt': '', 'work/notes.md': '', 'work/nook/inside.txt': '',
    });
    chmodSync(join(bin, 'structum'), 0o755);
    mkdirSync(join(cli.folder, 'home'), { recursive: true });
    env = { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, HOME: join(cli.folder, 'home'), TERM: 'xterm' };
  });

  const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;
  const shell = (command: string, args: readonly string[]): string[] => {
    const { stdout, stderr } = spawnSync(command, args, { cwd, env: { ...environment(), ...env }, encoding: 'utf8' });
    expect(stderr).to.equal('');
    return stdout.split('\n').filter((line) => line !== '');
  };

  /** Types `keys` and Tab on a terminal, and has the shell print the line that it made of them. */
  const typed = async (command: readonly string[], prepare: string, keys: string, expected: string): Promise<void> => {
    const child = startOnTerminal(command, { cwd, env: { ...env, PS1: '> ' } });
    try {
      child.stdin?.write(`${prepare}; echo rea""dy\r`);
      await printed(child, 'stdout', 'ready');
      child.stdin?.write(`${keys}\t\u0001printf '[%s]' \r`);
      await printed(child, 'stdout', expected.split(' ').map((word) => `[${word.replaceAll('_', ' ')}]`).join(''));
    } finally {
      child.kill('SIGKILL');
    }
  };

  describe('bash', () => {
    before(function () {
      if (!has('bash')) {
        console.error('        skipped: bash is not here');
        this.skip();
      }
    });

    const complete = (words: readonly string[]): string[] => shell('bash', ['--norc', '-c', `
      source <(structum completion bash)
      COMP_WORDS=(structum "$@"); COMP_CWORD=$#
      _structum_complete
      printf '%s\\n' "\${COMPREPLY[@]}"`, 'bash', ...words]);

    it('completes commands and groups', () => {
      expect(complete([''])).to.include.members(['echo', 'box', 'completion']).and.not.include('hidden-door');
      expect(complete(['bo'])).to.deep.equal(['box']);
      expect(complete(['box', ''])).to.have.members(['open', 'close']);
    });

    it('completes options, their negations and global ones', () => {
      expect(complete(['echo', '--f'])).to.have.members(['--frame', '--file', '--folder']);
      expect(complete(['echo', '--no-'])).to.have.members(['--no-frame', '--no-color']);
      expect(complete(['echo', 'word', '-'])).to.include.members(['-n', '--times', '--json', '-q']).and.not.include.members(['--secret', '--ancient']);
    });

    it('completes choices, also behind "=", where bash parts words', () => {
      expect(complete(['echo', '--style', ''])).to.have.members(['plain', 'fancy']);
      expect(complete(['echo', '--style', '=', 'f'])).to.deep.equal(['fancy']);
      expect(complete(['echo', '--style', '='])).to.have.members(['plain', 'fancy']);
      expect(complete(['completion', 'z'])).to.deep.equal(['zsh']);
    });

    it('completes files and folders where paths are taken', () => {
      expect(complete(['echo', '--file', 'no'])).to.have.members(['note one.txt', 'notes.md', 'nook']);
      expect(complete(['echo', '--folder', 'no'])).to.deep.equal(['nook']);
      expect(complete(['--cwd', 'no'])).to.deep.equal(['nook']);
      expect(complete(['echo', '--file', '=', 'note'])).to.have.members(['note one.txt', 'notes.md']);
    });

    it('offers nothing where nothing is known', () => {
      expect(complete(['echo', '--times', ''])).to.deep.equal([]);
      expect(complete(['nonsense', ''])).to.deep.equal([]);
      expect(complete(['box', 'open', ''])).to.deep.equal([]);
    });

    it('completes what is typed', async function () {
      if (!hasPseudoTerminals()) this.skip();
      const bash = ['bash', '--norc', '--noprofile', '-i'];
      await typed(bash, 'source <(structum completion bash)', 'structum box op', 'structum box open');
      await typed(bash, 'source <(structum completion bash)', 'structum echo --file=note\\ ', 'structum echo --file=note_one.txt');
    }).timeout(20_000);
  });

  describe('zsh', () => {
    before(function () {
      if (!has('zsh') || !hasPseudoTerminals()) {
        console.error('        skipped: zsh, or Python for a pseudo-terminal, is not here');
        this.skip();
      }
    });

    const zsh = ['zsh', '-f', '-i'];
    const prepare = 'autoload -Uz compinit; compinit -u; source <(structum completion zsh)';
    const cases: readonly (readonly [string, string, string])[] = [
      ['commands', 'structum ech', 'structum echo'],
      ['commands of a group', 'structum box op', 'structum box open'],
      ['options', 'structum echo --time', 'structum echo --times'],
      ['choices', 'structum echo --style fa', 'structum echo --style fancy'],
      ['choices behind "="', 'structum echo --style=fa', 'structum echo --style=fancy'],
      ['files', 'structum echo --file notes', 'structum echo --file notes.md'],
      ['files behind "="', 'structum echo --file=note\\ ', 'structum echo --file=note_one.txt'],
      ['folders', 'structum echo --folder no', 'structum echo --folder nook'],
    ];
    for (const [what, keys, expected] of cases) {
      it(`completes ${what}`, () => typed(zsh, prepare, keys, expected)).timeout(20_000);
    }

    it('shows choices as they are, because nothing describes them', async () => {
      const child = startOnTerminal(zsh, { cwd, env: { ...env, PS1: '> ' } });
      try {
        child.stdin?.write(`${prepare}; echo rea""dy\r`);
        await printed(child, 'stdout', 'ready');
        const shown = printed(child, 'stdout', 'plain');
        let output = '';
        child.stdout?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
        child.stdin?.write('structum echo --style \t\t');
        await shown;
        expect(output).to.match(/fancy +plain/).and.not.match(/(?:fancy|plain) +--/);
      } finally {
        child.kill('SIGKILL');
      }
    }).timeout(20_000);

    it('shows descriptions', async () => {
      const child = startOnTerminal(zsh, { cwd, env: { ...env, PS1: '> ' } });
      try {
        child.stdin?.write(`${prepare}; echo rea""dy\r`);
        await printed(child, 'stdout', 'ready');
        child.stdin?.write('structum box \t');
        await printed(child, 'stdout', 'Open the box');
      } finally {
        child.kill('SIGKILL');
      }
    }).timeout(20_000);
  });

  describe('fish', () => {
    before(function () {
      if (!has('fish')) {
        console.error('        skipped: fish is not here');
        this.skip();
      }
    });

    const complete = (line: string): string[] => shell('fish', ['-N', '-c', 'structum completion fish | source; complete -C $argv[1]', line]);

    it('completes commands and groups, with descriptions', () => {
      expect(complete('structum ech')).to.deep.equal(['echo\tGive the input back']);
      expect(complete('structum box ')).to.have.members(['close\tClose the box', 'open\tOpen the box']);
      expect(complete('structum b')).to.deep.equal(['box\tclose, open']);
    });

    it('completes options, with descriptions', () => {
      expect(complete('structum echo --time')).to.deep.equal(['--times\tHow many times']);
      expect(complete('structum echo -')).to.include.members(['-n\tHow many times', '--no-frame\tWith a frame']);
    });

    it('completes choices, files and folders, also behind "="', () => {
      expect(complete('structum echo --style f')).to.deep.equal(['fancy']);
      expect(complete('structum echo --style=f')).to.deep.equal(['--style=fancy']);
      expect(complete('structum echo --file note').map((line) => line.split('\t')[0])).to.have.members(['note one.txt', 'notes.md']);
      expect(complete('structum echo --file=notes').map((line) => line.split('\t')[0])).to.deep.equal(['--file=notes.md']);
      expect(complete('structum echo --folder no').map((line) => line.split('\t')[0])).to.deep.equal(['nook/']);
    });
  });
});
