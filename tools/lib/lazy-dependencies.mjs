/**
 * A bundled library that the sources load with `import('…')` gets a bundle of its own, read when it is needed:
 * compiling it is most of what it costs.
 */

/** @typedef {{ specifier: string, file: string }} Chunk a library, and the file below dist/ that holds it */

/**
 * An esbuild plugin that turns `import('library')` into loading a chunk, and tells which chunks are needed.
 * @param {(chunk: Chunk) => void} needed
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
        const file = `${path.replace(/\.[cm]?js$/, '').replaceAll(/\W+/g, '-')}.cjs`;
        needed({ specifier: path, file });
        return { contents: `module.exports = require('./${file}');`, loader: 'js' };
      });
      for (const namespace of ['lazy', 'main']) {
        build.onResolve({ filter: /^\.\//, namespace }, ({ path }) => ({ path, external: true }));
      }
    },
  };
}
