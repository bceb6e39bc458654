export * from './clock.js';
export * from './modules.js';
export * from './packages.js';
export * from './user-folders.js';
export * from './within.js';
