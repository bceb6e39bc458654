export * from './clock.js';
export * from './modules.js';
