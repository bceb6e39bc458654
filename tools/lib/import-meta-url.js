// Stands in for `import.meta.url` in the CommonJS bundles; a bundle that does not use it does not contain it.
export const importMetaUrl = /* @__PURE__ */ (() => require('node:url').pathToFileURL(__filename).href)();
