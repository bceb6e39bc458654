/**
 * Packs every package and uses the tarballs as their users would, in empty folders outside the repository: all
 * packages, the core alone, a selection; embedded, on the command line, and compiled against. Also asks publint and
 * attw about each tarball. Ends with "N passed, N failed".
 */

import { execFileSync, spawnSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './lib/npm.mjs';
import { packAll } from './lib/pack.mjs';
import { makeReady } from './lib/ready.mjs';
import { publicPackages, root } from './lib/workspace.mjs';

const node = process.execPath;
const consumers = join(root, 'tools/smoke');
const temporary = mkdtempSync(join(tmpdir(), 'structum-packages-'));
process.once('exit', () => { rmSync(temporary, { recursive: true, force: true }); });

makeReady();
const tarballs = packAll(temporary);
let passed = 0;
let failed = 0;

for (const name of tarballs.keys()) {
  check(`${name}: publint`, () => run(tool('publint/src/cli.js'), ['run', tarball(name), '--strict']));
  check(`${name}: contents`, () => { checkContents(name); });
}

for (const { name } of publicPackages()) {
  check(`${name}: attw`, () => run(tool('@arethetypeswrong/cli/dist/index.js'), [tarball(name), '--profile', 'node16', '--no-emoji', '--format', 'ascii']));
}

inProject('the core alone', ['@structum/core'], (project) => {
  check('brings nothing else', () => { assert.deepEqual(installed(project), ['@structum/core']); });
  check('embedded in an ES module', () => run(node, ['core.mjs'], project));
  check('embedded through require()', () => run(node, ['core.cjs'], project));
});

inProject('a selection', ['@structum/cli', '@structum/plugin-tree'], (project) => {
  check('structum tree', () => { assert.match(structum(project, 'tree', 'project').stdout, /one\.txt/); });
  check('lists what is installed', () => {
    const { stdout } = structum(project, '--help');
    assert.match(stdout, /^\s+tree\b/m);
    assert.doesNotMatch(stdout, /^\s+archive\b/m);
  });
  check('refuses what is not', () => { assert.equal(structum(project, 'archive', 'project').status, 2); });
});

inProject('all', ['structum'], (project) => {
  check('structum --version', () => { assert.equal(structum(project, '--version').stdout, '2.0.0\n'); });
  check('structum tree', () => { assert.match(structum(project, 'tree', 'project').stdout, /one\.txt/); });
  check('structum archive', () => {
    assert.equal(structum(project, 'archive', 'project', '--output', 'all.md').status, 0);
    assert.match(readFileSync(join(project, 'all.md'), 'utf8'), /the first file/);
  });
  check('structum plugins list', () => { assert.match(structum(project, 'plugins', 'list').stdout, /archive/); });
  check('structum completion', () => { assert.equal(structum(project, 'completion', 'bash').status, 0); });
});

inProject('all, embedded', ['structum', '@structum/core', '@structum/plugin-archive', '@structum/plugin-tree'], (project) => {
  check('plugins given and found', () => run(node, ['plugins.mjs'], project));
  for (const [module, resolution] of [['NodeNext', 'NodeNext'], ['ESNext', 'Bundler']]) {
    check(`compiled with ${resolution} resolution`, () => { compile(project, module, resolution); });
  }
});

inProject('a new plugin', ['structum'], (project) => {
  const data = { STRUCTUM_DATA_HOME: join(project, 'data'), STRUCTUM_CACHE_HOME: join(project, 'cache') };
  for (const language of ['ts', 'js']) {
    const name = `hello-${language}`;
    const folder = join(project, name);
    check(`structum plugins new ${name} --language ${language}`, () => {
      assert.equal(structum(project, 'plugins', 'new', name, '--language', language).status, 0);
      const file = join(folder, 'package.json');
      writeFileSync(file, JSON.stringify(withTarballs(JSON.parse(readFileSync(file, 'utf8'))), undefined, 2));
    });
    const { program, first, shell } = npm();
    for (const words of [['install', '--no-audit', '--no-fund', '--silent'], ['test'], ['run', 'build']]) {
      check(`npm ${words.join(' ')}`, () => { run(program, [...first, ...words], folder, shell); });
    }
    check('publint', () => { run(tool('publint/src/cli.js'), ['run', folder, '--strict', '--pack', 'npm']); });
    check(`structum plugins link, structum ${name}`, () => {
      Object.assign(process.env, data);
      assert.equal(structum(project, 'plugins', 'link', name).status, 0);
      assert.equal(structum(project, name, 'Ada').stdout, 'Hello, Ada!\n');
    });
  }
});

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * @param {string} title
 * @param {() => unknown} action throws when something is wrong
 */
function check(title, action) {
  try {
    action();
    passed++;
    console.log(`  ok    ${title}`);
  } catch (error) {
    failed++;
    console.log(`  FAIL  ${title}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * An empty project with these packages, some consumers, and a folder to work on.
 * @param {string} title
 * @param {string[]} wanted
 * @param {(project: string) => void} action
 */
function inProject(title, wanted, action) {
  console.log(`\n${title}`);
  const project = join(temporary, title.replaceAll(/\W+/g, '-'));
  mkdirSync(join(project, 'project'), { recursive: true });
  cpSync(consumers, project, { recursive: true });
  writeFileSync(join(project, 'project/one.txt'), 'the first file\n');
  writeFileSync(join(project, 'project/two.txt'), 'the second file\n');
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifestFor(wanted), undefined, 2));
  check('npm install', () => {
    const { program, first, shell } = npm();
    run(program, [...first, 'install', '--no-audit', '--no-fund', '--silent'], project, shell);
    action(project);
  });
}

/**
 * What the wanted packages depend on comes from tarballs too, as it would from the registry.
 * @param {string[]} wanted
 */
function manifestFor(wanted) {
  const file = (/** @type {string} */ name) => [name, `file:${tarball(name)}`];
  return {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(wanted.map(file)),
    overrides: Object.fromEntries([...tarballs.keys()].filter((name) => !wanted.includes(name)).map(file)),
  };
}

/**
 * A package.json whose packages of this repository come from tarballs, as they would from the registry.
 * @param {{ devDependencies: Record<string, string> }} packageJson
 */
function withTarballs(packageJson) {
  const names = Object.keys(packageJson.devDependencies).filter((name) => tarballs.has(name));
  const { dependencies, overrides } = manifestFor(names);
  return { ...packageJson, devDependencies: { ...packageJson.devDependencies, ...dependencies }, overrides };
}

/** @param {string} name */
function checkContents(name) {
  const files = execFileSync('tar', ['-tzf', tarball(name)], { encoding: 'utf8' }).split('\n');
  for (const wanted of ['package/LICENSE', 'package/README.md']) assert.ok(files.includes(wanted), `${wanted} is missing`);
  const strays = files.filter((file) => file.endsWith('.ts') && !/\.d\.c?ts$/.test(file));
  assert.deepEqual(strays, []);
  assert.deepEqual(brokenLinks(tarball(name), files), []);
}

/**
 * Relative links of the README, as npm shows it, that lead out of the tarball.
 * @param {string} path
 * @param {string[]} files
 */
function brokenLinks(path, files) {
  const readme = execFileSync('tar', ['-xzOf', path, 'package/README.md'], { encoding: 'utf8' });
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
  return links.filter((link) => !files.some((file) => file === `package/${link}` || file.startsWith(`package/${link}/`)));
}

/** @param {string} project */
function installed(project) {
  const folder = join(project, 'node_modules');
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((child) => `${name}/${child}`) : [name]));
}

/**
 * @param {string} project
 * @param {...string} arguments_
 */
function structum(project, ...arguments_) {
  const script = ['structum/bin/structum.cjs', '@structum/cli/dist/structum.cjs']
    .map((path) => join(project, 'node_modules', path))
    .find((path) => existsSync(path));
  assert.ok(script !== undefined && existsSync(join(project, 'node_modules/.bin/structum')), 'there is no bin');
  return spawnSync(node, [script, ...arguments_], { cwd: project, encoding: 'utf8' });
}

/**
 * @param {string} project
 * @param {string | undefined} module
 * @param {string | undefined} moduleResolution
 */
function compile(project, module, moduleResolution) {
  const compilerOptions = {
    module, moduleResolution, target: 'ES2022', strict: true, noEmit: true, skipLibCheck: false,
    experimentalDecorators: true, exactOptionalPropertyTypes: true,
    types: ['node'], typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
  run(tool('typescript/bin/tsc'), ['-p', 'tsconfig.json'], project);
}

/** @param {string} name */
function tarball(name) {
  const path = tarballs.get(name);
  assert.ok(path !== undefined, `${name} is not packed`);
  return path;
}

/** @param {string} path */
function tool(path) {
  return join(root, 'node_modules', path);
}

/**
 * Runs a program, or a script with this Node; throws with everything it printed when it fails.
 * @param {string} program
 * @param {string[]} arguments_
 * @param {string} [cwd]
 * @param {boolean} [shell]
 */
function run(program, arguments_, cwd = temporary, shell = false) {
  const isScript = program.startsWith(root);
  const { status, stdout, stderr, error } = isScript
    ? spawnSync(node, [program, ...arguments_], { cwd, encoding: 'utf8' })
    : spawnSync(program, arguments_, { cwd, encoding: 'utf8', shell });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}
