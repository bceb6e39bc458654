export * from './module-version.js';
export * from './retained-modules.js';
