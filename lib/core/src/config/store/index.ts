export { LayeredConfigStore, type StoreHost } from './config-store.js';
