/**
 * The declarations that packages ship: one rolled-up file for each entry, made from what `tsc -b` emitted.
 *
 * What a subpath shares with the package's main entry is imported from there, so that a class has one type.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import ts from 'typescript';
import { subpathsOf } from './bundle.mjs';
import { root } from './workspace.mjs';

/**
 * @typedef {object} Declarations
 * @property {string} entry `index`, or the name of a subpath
 * @property {string[]} files where the package ships them, absolute
 * @property {string} text
 */

/**
 * Rolls up the declarations of every entry of a package.
 * @param {import('./workspace.mjs').Package} package_
 * @returns {Declarations[]}
 */
export function declarationsOf(package_) {
  // A plugin is an ES module to those who import it, and CommonJS to those who require it.
  const extensions = package_.kind === 'plugin' ? ['.d.ts', '.d.cts'] : ['.d.cts'];
  const entries = ['index', ...subpathsOf(package_)];
  const [index = '', ...subpaths] = rollUp(package_, entries.map((entry) => (entry === 'index' ? 'index' : `${entry}/index`)));
  const texts = [index, ...subpaths.map((text) => shareWith(index, text))];
  return entries.map((entry, at) => {
    const text = texts[at] ?? '';
    refuseUndeclaredImports(package_, text);
    return { entry, files: extensions.map((extension) => join(package_.folder, 'dist', entry + extension)), text };
  });
}

/**
 * @param {import('./workspace.mjs').Package} package_
 * @param {string[]} entries below build/, without `.d.ts`
 */
function rollUp({ folder, kind }, entries) {
  const files = entries.map((entry) => join(folder, 'build', `${entry}.d.ts`));
  return withProject(files, (project) => {
    const bundles = files.map((filePath) => ({
      filePath,
      output: {
        noBanner: true,
        sortNodes: true,
        exportReferencedTypes: false,
        // A plugin adds its commands to the core's `CommandMap`.
        inlineDeclareExternals: kind === 'plugin',
      },
    }));
    return generateDtsBundle(bundles, { preferredConfigPath: project }).map(normalised);
  });
}

/**
 * The other packages of the workspace are seen through node_modules, as their users see them: imported, not inlined.
 * @template T
 * @param {string[]} files
 * @param {(project: string) => T} action
 * @returns {T}
 */
function withProject(files, action) {
  const folder = mkdtempSync(join(root, 'build/declarations-'));
  const project = join(folder, 'tsconfig.json');
  const scope = join(root, 'node_modules/@structum');
  writeFileSync(project, JSON.stringify({
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      composite: false,
      declarationMap: false,
      preserveSymlinks: true,
      rootDir: root,
      skipLibCheck: true,
      typeRoots: [join(root, 'node_modules/@types')],
      paths: { '@structum/core/*': [`${scope}/core/build/*/index.d.ts`], '@structum/*': [`${scope}/*/build/index.d.ts`] },
    },
    files,
  }));
  try {
    return action(project);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} text */
function normalised(text) {
  const indented = text.replaceAll(/^\t+/gm, (tabs) => '  '.repeat(tabs.length));
  return `${indented.replaceAll(/[ \t]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

/**
 * Replaces the declarations that the main entry exports too.
 * @param {string} index
 * @param {string} subpath
 */
function shareWith(index, subpath) {
  const shared = new Map(declared(index).filter(({ exported }) => exported).map(({ name, body }) => [name, body]));
  const copies = declared(subpath).filter(({ name, body }) => shared.get(name) === body);
  if (copies.length === 0) return subpath;
  const own = copies.reduceRight((text, { start, end }) => `${text.slice(0, start)}\n${text.slice(end).trimStart()}`, subpath);
  const reexported = copies.filter(({ exported }) => exported);
  return normalised([
    `import { ${copies.map(({ name }) => name).join(', ')} } from './index.cjs';`,
    ...(reexported.length > 0 ? [`export { ${reexported.map(({ name }) => name).join(', ')} };`] : []),
    '',
    own,
  ].join('\n'));
}

/**
 * Every named declaration at the top of a file; `body` is its text without `export`.
 * @param {string} text
 */
function declared(text) {
  const file = ts.createSourceFile('file.d.ts', text, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) => {
    const name = nameOf(statement);
    if (name === undefined) return [];
    const body = statement.getText(file);
    const exported = /^export\s/.test(body);
    return [{ name, exported, body: body.replace(/^export\s+/, ''), start: statement.getFullStart(), end: statement.end }];
  });
}

/** @param {ts.Statement} statement */
function nameOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText();
  const isNamed = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
    || ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isEnumDeclaration(statement);
  return isNamed ? statement.name?.text : undefined;
}

/**
 * A type from a package that users do not have would turn into `any` there, silently.
 * @param {import('./workspace.mjs').Package} package_
 * @param {string} text
 */
function refuseUndeclaredImports({ name, manifest }, text) {
  const known = [...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }), ...builtinModules];
  const { importedFiles } = ts.preProcessFile(text, true, true);
  const unknown = importedFiles
    .map(({ fileName }) => fileName)
    .filter((from) => !from.startsWith('.') && !from.startsWith('node:'))
    .filter((from) => !known.some((dependency) => from === dependency || from.startsWith(`${dependency}/`)));
  if (unknown.length > 0) throw new Error(`the types of ${name} use ${unknown.join(', ')}, which it does not depend on`);
}
