export { HeldTail } from './held-tail.js';
export { KnownSecrets } from './known-secrets.js';
