export { Resolver } from './resolver.js';
