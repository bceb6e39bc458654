export { LayeredConfigStore } from './config-store.js';
