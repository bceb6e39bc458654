/** What a TypeScript or JavaScript source imports, and how. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/**
 * @typedef {object} Import
 * @property {string} specifier as written
 * @property {number} line from 1
 * @property {'value' | 'type' | 'dynamic'} kind `type` is erased by the compiler; `dynamic` is `import('…')`
 */

/**
 * @param {string} file absolute
 * @returns {Import[]}
 */
export function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  /** @type {Import[]} */
  const found = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const [specifier, kind] = importIn(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      const { line } = source.getLineAndCharacterOfPosition(specifier.getStart());
      found.push({ specifier: specifier.text, line: line + 1, kind });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * @param {ts.Node} node
 * @returns {[ts.Node | undefined, Import['kind']]}
 */
function importIn(node) {
  if (ts.isImportDeclaration(node)) return [node.moduleSpecifier, isErased(node) ? 'type' : 'value'];
  if (ts.isExportDeclaration(node)) return [node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value'];
  if (ts.isImportTypeNode(node)) return [ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type'];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return [node.arguments[0], 'dynamic'];
  return [undefined, 'value'];
}

/**
 * With `verbatimModuleSyntax`, `import { type A } from` still loads the module: only `import type` is erased.
 * @param {ts.ImportDeclaration} node
 */
function isErased({ importClause }) {
  return importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/**
 * The source file behind a relative specifier: `./a.js` is `./a.ts`.
 * @param {string} file absolute path of the importing file
 * @param {string} specifier
 * @returns {string | undefined} undefined when there is none
 */
export function resolveRelative(file, specifier) {
  const target = resolve(dirname(file), specifier);
  return [target, target.replace(/\.([cm]?)js$/, '.$1ts')].find((path) => existsSync(path));
}
