export * from './indexed-catalog.js';
