export { checkInjection } from './check.js';
export { Container, type ServiceSource } from './container.js';
export { keyOf, normalizeProvider } from './provider.js';
