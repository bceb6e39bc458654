export { programRefusal } from './programs.js';
export { resolveValue } from './resolve-value.js';
export { SecretResolver } from './secret-resolver.js';
export { originOf } from '../store/voices.js';
