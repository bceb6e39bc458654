export * from './modules.js';
