export { valueFromText } from './check-input.js';
export { manifestDifferences } from './compare.js';
export { formatManifest, generateManifest, type GeneratedManifest } from './generate.js';
export { readManifest } from './read.js';
export { manifestProblems } from './validate.js';
