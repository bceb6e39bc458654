/**
 * A bundled library that the sources load with `import('…')` gets a bundle of its own, read when it is needed:
 * compiling it is most of what it costs.
 */

/**
 * An esbuild plugin that turns `import('library/file.js')` into loading the library's chunk, and tells what must be
 * in it.
 * @param {(specifier: string) => void} needed
 * @returns {import('esbuild').Plugin}
 */
export function lazyDependencies(needed) {
  return {
    name: 'lazy-dependencies',
    setup(build) {
      const external = build.initialOptions.external ?? [];
      build.onResolve({ filter: /^[^./]/ }, ({ kind, path }) => {
        if (kind !== 'dynamic-import' || path.startsWith('node:') || external.includes(path)) return undefined;
        return { path, namespace: 'lazy' };
      });
      // The CLI's bin starts with the little it needs at once; the rest is the package's main bundle.
      build.onResolve({ filter: /^\.\/index\.js$/ }, ({ kind, importer }) => {
        if (kind !== 'dynamic-import' || !importer.endsWith('bin.ts')) return undefined;
        return { path: './index.cjs', namespace: 'main' };
      });
      build.onLoad({ filter: /.*/, namespace: 'main' }, ({ path }) => ({ contents: `module.exports = require('${path}');` }));
      build.onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => {
        needed(path);
        return { contents: `module.exports = require('./${chunkOf(path)}')['${path}'];`, loader: 'js' };
      });
      for (const namespace of ['lazy', 'main']) {
        build.onResolve({ filter: /^\.\//, namespace }, ({ path }) => ({ path, external: true }));
      }
    },
  };
}

/**
 * The chunks that hold these files of libraries: a chunk for each library, each file run when it is asked for.
 * @param {string[]} specifiers
 * @returns {{ file: string, entry: string }[]} the file's name below dist/, and the source to bundle
 */
export function chunksFor(specifiers) {
  return [...new Set(specifiers.map(chunkOf))].map((file) => {
    const members = [...new Set(specifiers)].filter((specifier) => chunkOf(specifier) === file).sort();
    const getters = members.map((specifier) => `get '${specifier}'() { return require('${specifier}'); }`);
    return { file, entry: `module.exports = { ${getters.join(', ')} };` };
  });
}

/**
 * `semver/functions/satisfies.js` → `semver.cjs`, `@scope/name` → `scope-name.cjs`
 * @param {string} specifier
 */
function chunkOf(specifier) {
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('-');
  return `${name.replace('@', '')}.cjs`;
}
