export * from './clock.js';
export * from './inspector-guard.js';
export * from './make-folder.js';
export * from './modules.js';
export * from './packages.js';
export * from './user-folders.js';
export * from './within.js';
export * from './write-atomically.js';
