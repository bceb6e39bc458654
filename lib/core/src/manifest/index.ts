export { checkInput, type CheckedInput, type InputSources } from './check-input.js';
export { manifestDifferences } from './compare.js';
export { formatManifest, generateManifest, type GeneratedManifest } from './generate.js';
export { pluginClassIn } from './plugin-class.js';
export { requirePluginOptions } from './plugin-options.js';
export { readManifest } from './read.js';
export { manifestProblems } from './validate.js';
export { valueFromText } from './value-from-text.js';
