import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { NewResult } from '@structum/plugin-plugins';
import { TOOLS } from '#internal/plugins/new/templates/versions.js';
import { CliInstallation, finished, printed } from '../../../support/cli-installation.js';
import { KITCHEN } from '../../../support/kitchen-plugin.js';
import { root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { hasPseudoTerminals, startOnTerminal } from '../../../support/pseudo-terminal.js';

describe('structum plugins new', () => {
  let cli: CliInstallation;
  let cwd: string;
  before(async () => { cli = (await new CliInstallation().add('kitchen', KITCHEN)).link('plugins'); });
  beforeEach(() => { cwd = temporaryFolder(); });

  const create = (...args: readonly string[]): ReturnType<CliInstallation['run']> => cli.run(['plugins', 'new', ...args], { cwd });
  const read = (path: string): string => readFileSync(join(cwd, path), 'utf8');
  const packageJson = (folder: string): Record<string, unknown> => JSON.parse(read(`${folder}/package.json`)) as Record<string, unknown>;

  it('writes a package in TypeScript, and says what to do next', async () => {
    const { code, stdout, stderr } = await create('hello');
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.equal([
      'Wrote the plugin "hello" to hello:',
      ...['.github/workflows/ci.yml', '.gitignore', 'LICENSE', 'README.md', 'package.json', 'src/hello-command.ts', 'src/index.ts'].map((file) => `  ${file}`),
      ...['test/hello-command.test.ts', 'test/tsconfig.json', 'tsconfig.json'].map((file) => `  ${file}`),
      '', 'Next:', '  cd hello', '  npm install', '  npm test', '  structum plugins link', '  structum hello', '',
    ].join('\n'));
    expect(packageJson('hello')).to.deep.include({
      name: 'structum-plugin-hello', version: '1.0.0', license: 'MIT', keywords: ['structum-plugin'], peerDependencies: { '@structum/core': '^2.0.0' },
    });
  });

  it('does what the options say', async () => {
    const { stdout } = await create(
      'team/report', '-l', 'js', '-c', 'documentation', '-d', 'Make a report', '--command', 'report build', '--package', '@acme/report',
      '--directory', 'packages/report', '--author', 'Ada <ada@example.org>', '--license', 'ISC', '--json',
    );
    const { files, ...result } = JSON.parse(stdout) as NewResult;
    expect(result).to.deep.equal({
      plugin: 'team/report', package: '@acme/report', command: 'report build', language: 'js', folder: join(cwd, 'packages/report'), written: true,
    });
    expect(files).to.include('src/report-build-command.js');
    expect(packageJson('packages/report')).to.deep.include({ name: '@acme/report', description: 'Make a report', author: 'Ada <ada@example.org>', license: 'ISC' });
    expect(read('packages/report/LICENSE')).to.match(/^ISC License\n\nCopyright \(c\) Ada\n/);
    expect(read('packages/report/src/index.js')).to.include(`name: 'team/report'`).and.include(`category: 'documentation'`).and.include(`description: 'Make a report'`);
  });

  it('writes nothing with --dry-run', async () => {
    const { code, stdout } = await create('hello', '--dry-run');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Would write the plugin "hello" to hello:\n {2}\.github/).and.not.include('Next');
    expect(readdirSync(cwd)).to.deep.equal([]);
  });

  it('needs a name where nobody can be asked', async () => {
    const { code, stderr } = await create();
    expect(code).to.equal(2);
    expect(stderr).to.include('structum plugins new hello');
  });

  for (const [code, args] of [
    ['PLUGIN_NAME_INVALID', ['Hello']],
    ['PLUGIN_NAME_INVALID', ['../hello']],
    ['PLUGIN_NAME_INVALID', ['a/b/c']],
    ['PLUGIN_NAME_INVALID', ['']],
    ['PLUGIN_NAME_INVALID', ['team/con']],
    ['PACKAGE_NAME_INVALID', ['hello', '--package', 'Hello']],
    ['PACKAGE_NAME_INVALID', ['hello', '--package', '@team/..']],
    ['PACKAGE_NAME_INVALID', ['hello', '--package', 'http']],
    ['PACKAGE_NAME_INVALID', ['a'.repeat(200)]],
    ['COMMAND_PATH_INVALID', ['hello', '--command', 'hello  world']],
    ['COMMAND_PATH_INVALID', ['hello', '--command=--json']],
    ['COMMAND_PATH_INVALID', ['hello', '--command', 'a'.repeat(101)]],
    ['CATEGORY_INVALID', ['hello', '--category', 'My category']],
    ['DESCRIPTION_INVALID', ['hello', '--description', 'two\nlines']],
    ['DESCRIPTION_INVALID', ['hello', '--description', ' ']],
    ['AUTHOR_INVALID', ['hello', '--author', 'two\nlines']],
    ['PLUGIN_NAME_TAKEN', ['kitchen']],
    ['PLUGIN_COMMAND_TAKEN', ['hello', '--command', 'echo']],
    ['PLUGIN_COMMAND_RESERVED', ['hello', '--command', 'help']],
    ['PLUGIN_COMMAND_RESERVED', ['help', '--force']],
    ['INPUT_INVALID', ['hello', '--language', 'coffee']],
    ['INPUT_INVALID', ['hello', '--license', 'GPL']],
  ] as const) {
    it(`refuses ${JSON.stringify(args).slice(0, 60)}: ${code}`, async () => {
      const { code: exitCode, stderr } = await create(...args, '--json');
      expect(stderr).to.include(code);
      expect(exitCode).to.equal(2);
      expect(readdirSync(cwd)).to.deep.equal([]);
    });
  }

  it('tells where no folder can be made', async function () {
    if (process.platform !== 'linux') this.skip();
    const { code, stderr } = await create('hello', '--directory', '/proc/hello/deep');
    expect(stderr).to.include('could not be written to /proc/hello/deep: nothing can be made there.').and.include('--directory');
    expect(code).to.equal(1);
  });

  it('takes the name and the command of another plugin when forced to', async () => {
    expect(await create('kitchen', '--command', 'echo', '--force')).to.include({ code: 0 });
  });

  it('leaves a folder alone that is not empty, and with --force replaces only its own files there', async () => {
    writeFiles(cwd, { 'hello/notes.txt': 'mine', 'hello/README.md': 'mine' });
    const refused = await create('hello');
    expect(refused).to.include({ code: 2 });
    expect(refused.stderr).to.include('is not empty: README.md, notes.txt.').and.include('--force');
    expect(readdirSync(join(cwd, 'hello')).sort()).to.deep.equal(['README.md', 'notes.txt']);
    expect(await create('hello', '--force')).to.include({ code: 0 });
    expect(read('hello/notes.txt')).to.equal('mine');
    expect(read('hello/README.md')).to.match(/^# structum-plugin-hello\n/);
  });

  it('takes an empty folder, and one in which git has begun', async () => {
    mkdirSync(join(cwd, 'hello/.git'), { recursive: true });
    expect(await create('hello')).to.include({ code: 0 });
    expect((await create('other', '--directory', '.')).stderr).to.include('is not empty: hello.');
  });

  it('explains a folder that is a file, or lies in one', async () => {
    writeFiles(cwd, { hello: 'a file' });
    expect((await create('hello')).stderr).to.include('is no folder');
    expect((await create('hello', '--directory', 'hello/deep')).stderr).to.include('is no folder');
  });

  it('leaves nothing of its own behind when it cannot write everything', async () => {
    writeFiles(cwd, { 'hello/src': 'a file', 'hello/README.md': 'mine' });
    const { code, stderr } = await create('hello', '--force', '--json');
    expect(code).to.equal(1);
    expect(stderr).to.include('PLUGIN_UNWRITABLE').and.include('a file is in the way');
    expect(readdirSync(join(cwd, 'hello')).sort()).to.deep.equal(['README.md', 'src']);
  });

  it('uses tools in versions that this repository is itself built with', () => {
    for (const [name, range] of Object.entries(TOOLS)) {
      const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
      expect(range, `${name} ${version}`).to.match(new RegExp(`^\\^${version.split('.', 1)[0] ?? ''}\\.`));
    }
  });

  describe('on a terminal', () => {
    before(function () {
      if (!hasPseudoTerminals()) this.skip();
    });

    const start = (args: readonly string[]): ReturnType<typeof startOnTerminal> => startOnTerminal([process.execPath, cli.bin, 'plugins', 'new', ...args], { cwd });

    it('asks for what was not given, again where an answer will not do', async () => {
      const child = start(['--language', 'js', '--author', 'Ada']);
      const end = finished(child);
      for (const [question, answer] of [
        ['Name of the plugin: ', 'Hello'], ['Name of the plugin: ', 'hello'], ['Command [hello]: ', 'hello there'], ['What it does [Greet somebody]: ', ''],
        ['Category [utility]: ', ''], ['npm package [structum-plugin-hello]: ', ''], ['Licence (MIT, ISC, 0BSD, UNLICENSED) [MIT]: ', 'is'],
      ] as const) {
        await printed(child, 'stdout', question);
        child.stdin?.write(`${answer}\r`);
      }
      const { code, stdout } = await end;
      expect(code, stdout).to.equal(0);
      expect(stdout).to.include('The plugin name "Hello" will not do');
      expect(packageJson('hello')).to.include({ license: 'ISC', author: 'Ada' });
      expect(existsSync(join(cwd, 'hello/src/hello-there-command.js'))).to.equal(true);
    });

    it('asks nothing with --yes', async () => {
      const child = start(['hello', '--yes']);
      const { code, stdout } = await finished(child);
      expect(code, stdout).to.equal(0);
      expect(stdout).to.match(/^Wrote/);
    });
  });
});
