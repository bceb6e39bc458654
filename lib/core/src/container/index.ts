export { checkInjection } from './check.js';
export type { Container, ServiceSource } from './container.js';
export { keyOf, normalizeProvider } from './provider.js';
