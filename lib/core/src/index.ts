export * from './contract/index.js';
export * from './errors/index.js';
export * from './options.js';
export * from './structum.js';
