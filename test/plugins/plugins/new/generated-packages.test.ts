import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { CliInstallation } from '../../../support/cli-installation.js';
import { root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { install } from '../../../support/install.js';
import { runNpm } from '../../../support/npm.js';
import { runNode } from '../../../support/run.js';

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>;
}

const ODD = 'It\'s "odd" \\ `${this}` */';

for (const { args, folder: name, language, isUsual } of [
  { args: ['hello', '--language', 'ts'], folder: 'hello', language: 'ts', isUsual: true },
  { args: ['hello', '--language', 'js'], folder: 'hello', language: 'js', isUsual: true },
  { args: ['3d/it-s-odd', '--command', '2fa new.default', '--description', ODD, '--author', 'Ada <a@b.c>'], folder: 'it-s-odd', language: 'ts', isUsual: false },
  { args: ['3d/it-s-odd', '--language', 'js', '--command', 'export', '--description', ODD, '--license', 'UNLICENSED'], folder: 'it-s-odd', language: 'js', isUsual: false },
]) {
  describe(`structum plugins new ${args.slice(0, 3).join(' ')}: a package that`, function () {
    this.timeout(120_000);
    let cli: CliInstallation;
    let folder: string;

    before(async () => {
      cli = new CliInstallation().link('plugins');
      const cwd = temporaryFolder();
      folder = join(cwd, name);
      const { code, stderr } = await cli.run(['plugins', 'new', ...args], { cwd });
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      install(folder, Object.keys((JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson).devDependencies));
    });

    it('passes its tests right away', async () => {
      const { code, stdout, stderr } = await runNpm(['test'], folder);
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.match(/[1-9]\d* passing/).and.not.match(/failing|pending/);
    });

    if (isUsual) it('has tests that fail when the command does something else', async () => {
      const file = sources(folder, 'src').find((path) => /-command\.[tj]s$/.test(path)) ?? '';
      const code = readFileSync(join(folder, file), 'utf8');
      writeFiles(folder, { [file]: code.replace('Hello, ', 'Goodbye, ') });
      expect(await runNpm(['test'], folder)).to.have.property('code').that.is.above(0);
      writeFiles(folder, { [file]: code });
    });

    if (isUsual) it('builds, and has a manifest that describes it', async () => {
      const { code, stdout, stderr } = await runNpm(['run', 'build'], folder);
      expect(code, stdout + stderr).to.equal(0);
      expect(await cli.run(['plugins', 'manifest', '--check'], { cwd: folder })).to.include({ code: 0 });
    });

    it('is code that linters have nothing to say about', async () => {
      expect(await lint(folder)).to.deep.equal([]);
    });

    if (isUsual) it('can be published', async () => {
      const { code, stdout, stderr } = await runNode([join(root, 'node_modules/publint/src/cli.js'), 'run', folder, '--strict', '--pack', 'npm']);
      expect(code, stdout + stderr).to.equal(0);
      const [packed] = JSON.parse((await runNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], folder)).stdout) as { files: { path: string }[] }[];
      const files = packed?.files.map(({ path }) => path) ?? [];
      expect(files).to.include.members(['package.json', 'README.md', 'structum.manifest.json', language === 'ts' ? 'dist/index.js' : 'src/index.js']);
      expect(files.filter((path) => /(^|\/)(test|build|node_modules|\.github)\//.test(path))).to.deep.equal([]);
    });
  });
}

/** What this repository's own rules of TypeScript say of the code, and those that everybody has. */
async function lint(folder: string): Promise<readonly string[]> {
  const typed = existsSync(join(folder, 'tsconfig.json'));
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: typed
      ? [{ ignores: ['build/', 'dist/'] }, ...tseslint.configs.strictTypeChecked, { languageOptions: { parserOptions: { project: ['tsconfig.json', 'test/tsconfig.json'], tsconfigRootDir: folder } } }]
      : [...tseslint.configs.strict],
  });
  const results = await eslint.lintFiles([...sources(folder, 'src'), ...sources(folder, 'test')].filter((file) => /\.[tj]s$/.test(file)));
  expect(results).to.have.length.above(2);
  return results.flatMap(({ filePath, messages }) => messages.map(({ message, line }) => `${filePath}:${String(line)}: ${message}`));
}

function sources(folder: string, part: string): readonly string[] {
  return readdirSync(join(folder, part)).map((file) => join(part, file));
}
