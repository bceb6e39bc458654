export { checkInjection } from './check.js';
export { Container } from './container.js';
