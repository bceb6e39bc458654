export * from './host-trees.js';
export * from './look.js';
export * from './plug-and-play.js';
export * from './project-folders.js';
export * from './roots.js';
export * from './scan.js';
export * from './trust.js';
